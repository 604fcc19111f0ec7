"""The comparisons of both sides: what each found, what waits for a person, and what may stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.console import words
from tillbridge.console.pages import changes
from tillbridge.console.pages.answers import asked, filled, missing, refused, see_other, way_back
from tillbridge.console.render import address, page, span
from tillbridge.console.visit import Answer, Visit
from tillbridge.console.words import Status
from tillbridge.domain.acceptance import LONGEST_WHY, Accepted, Until
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.findings import Code, Difference, Finding
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.people import Right
from tillbridge.domain.run import Result, Run
from tillbridge.usecases.console import accept_drift, approve_run, show_product
from tillbridge.usecases.console.deps import ConsoleDeps

NEWEST = 50
SHOWN = 50
"""Findings that a page shows."""

_STATUS: Mapping[Result, Status] = {
    Result.UNDER_WAY: Status("Under way", "clock", "warn"),
    Result.CLEAN: Status("Nothing differs", "tick", "ok"),
    Result.REPORTED: Status("Reported", "differs", "warn"),
    Result.WAITING: Status("Held", "pause", "warn"),
    Result.APPROVED: Status("Approved", "tick", "ok"),
    Result.REPAIRED: Status("Repaired", "tick", "ok"),
}
_TITLES: Mapping[Code, str] = {
    Code.FIELD: "Edited online",
    Code.STOCK: "Stock differs",
    Code.STRUCTURE: "Variants differ",
    Code.MISSED: "Never pushed",
    Code.GONE_ONLINE: "Deleted in BigCommerce",
    Code.GONE_IN_POS: "Deleted in the POS",
    Code.BACKWARDS: "Older in the POS",
    Code.NOT_TAKEN: "Not taken",
    Code.NOT_COMPARED: "Not compared",
    Code.RETIRED: "Hidden, as it must be",
    Code.ONLY_IN_POS: "Only in the POS",
    Code.ONLY_ONLINE: "Only online",
    Code.CANDIDATE: "On both sides, not linked",
    Code.SAME_SKU: "One SKU, two products",
}
"""What a kind of finding is called; `Code.words` says what it means."""


@dataclass(frozen=True, slots=True)
class _Group:
    code: Code
    title: str
    findings: Sequence[Finding]


def runs(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the newest runs of a store."""
    return Answer(
        page(
            "runs.html",
            visit,
            tab="runs",
            connection=deps.stores.as_told(visit.store),
            runs=deps.runs.recent(visit.store, NEWEST),
            said=words.SAID.get(asked(visit, "said")),
            **_shared(visit),
        )
    )


def run(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show one run, with a page of what it found."""
    found = deps.runs.find(visit.store, visit.path["run"])
    if found is None:
        return missing(
            visit,
            "No such comparison",
            "Comparisons are kept for 30 days.",
            back=address(visit.store, "runs"),
            back_words="Comparisons",
        )
    number, begin = _place(asked(visit, "page")), _place(asked(visit, "after"))
    there = deps.runs.page(visit.store, found.repairs or found.id, number)
    # Drift first; of a kind in the order in which it was found.
    ordered = sorted(there, key=lambda each: (not each.drift, list(Code).index(each.code)))
    return Answer(
        page(
            "run.html",
            visit,
            tab="runs",
            connection=deps.stores.as_told(visit.store),
            run=found,
            number=number,
            begin=begin,
            groups=_groups(ordered[begin : begin + SHOWN]),
            more=_next(found, number, begin, len(ordered)),
            can_repair=approve_run.can_repair(found),
            changes=changes,
            said=words.SAID.get(asked(visit, "said")),
            **_shared(visit),
        )
    )


def repair(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Ask for the repair of what a run found, and show the runs."""
    try:
        approve_run.approve_run(deps, visit.person, visit.store, visit.path["run"])
    except CannotAsk as why:
        return refused(visit, str(why))
    return see_other(address(visit.store, "runs", said="repairing"))


def choose(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show what differs in a product, to let it stay, and what may stay already."""
    product, run_id, number = asked(visit, "product"), asked(visit, "run"), asked(visit, "page")
    place = asked(visit, "place")
    if place:
        connection, found, accepted = _shown(visit, deps, product)
    else:
        connection = deps.stores.as_told(visit.store)
        page_of = _place(number) if number else None
        found = accept_drift.drift_of(deps, visit.store, product, run_id, page_of)
        accepted = accept_drift.accepted_of(deps, visit.store, product)
    left = [each for each in found if each.place not in accepted]
    return Answer(
        page(
            "accept.html",
            visit,
            tab="runs",
            connection=connection,
            product=product,
            place=place,
            back=way_back(visit),
            run_id=run_id,
            number=number,
            left=left,
            accepted=accepted,
            untils=Until,
            longest=LONGEST_WHY,
            changes=changes,
            said=words.SAID.get(asked(visit, "said")),
        )
    )


def accept(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Let drift stay at the places that were ticked, or take that back at one."""
    product, run_id, number = filled(visit, "product"), filled(visit, "run"), filled(visit, "page")
    place, back = filled(visit, "shown"), way_back(visit)
    here = {"product": product, "run": run_id, "page": number, "place": place, "back": back}
    again = filled(visit, "again")
    if again:
        accept_drift.take_back(deps, visit.store, product, [again])
        return see_other(back or address(visit.store, "accept", **here, said="compared_again"))
    until, places = filled(visit, "until"), frozenset(visit.form.get("place", ()))
    if not places or until not in set(Until):
        return see_other(address(visit.store, "accept", **here, said="which_may_stay"))
    if place:
        found = _shown(visit, deps, product)[1]
    else:
        page_of = _place(number) if number else None
        found = accept_drift.drift_of(deps, visit.store, product, run_id, page_of)
    why = filled(visit, "why")
    by, store = visit.person.name, visit.store
    try:
        accept_drift.accept_drift(deps, by, store, product, found, places, Until(until), why)
    except CannotAsk as problem:
        return refused(visit, str(problem))
    return see_other(back or address(visit.store, "accept", **here, said="may_stay"))


def _shown(
    visit: Visit, deps: ConsoleDeps, product: str
) -> tuple[Connection | None, Sequence[Difference], Mapping[str, Accepted]]:
    """Return what differs in a product as its page shows it, and what of it may stay."""
    shown = show_product.show_product(deps, visit.store, PosProductId(product))
    if shown is None:
        return deps.stores.as_told(visit.store), (), {}
    fields = shown.every_field
    drift = [each.drift for each in fields if each.drift is not None]
    return shown.connection, drift, {each.place: each.accepted for each in fields if each.accepted}


def _shared(visit: Visit) -> dict[str, object]:
    return {
        "status_of": lambda each: _STATUS[each.result],
        "title_of": lambda code: _TITLES[Code(code)],
        "lasted": lambda each: span((each.ended_ms - each.started_ms) / 1_000),
        "held_words": _held_words,
        "may_decide": visit.person.may(Right.DECIDE, visit.store),
    }


def _held_words(run: Run) -> str:
    """Return why a run waits, without the commands that its note names for the command line."""
    return run.note.split(" Check `", maxsplit=1)[0].split(" If the repair", maxsplit=1)[0]


def _groups(findings: Sequence[Finding]) -> list[_Group]:
    codes = dict.fromkeys(each.code for each in findings)
    return [
        _Group(code, _TITLES[code], [each for each in findings if each.code is code])
        for code in codes
    ]


def _next(run: Run, number: int, begin: int, count: int) -> Mapping[str, int] | None:
    if begin + SHOWN < count:
        return {"page": number, "after": begin + SHOWN}
    return {"page": number + 1, "after": 0} if number + 1 < run.pages else None


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
