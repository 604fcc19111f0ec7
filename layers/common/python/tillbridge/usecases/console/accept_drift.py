"""A person lets drift stay, or takes that back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.acceptance import ANY_VALUES, LONGEST_WHY, Accepted, Until
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.findings import Difference
from tillbridge.domain.history.drift_lines import found_online
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.ports.runs import Runs
from tillbridge.usecases.fence import best_effort


class AcceptDeps(Protocol):
    """What accepting drift needs."""

    @property
    def runs(self) -> Runs:
        """Return the runs, with what was accepted."""
        ...

    @property
    def history(self) -> History:
        """Return what happened to products."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the time."""
        ...


def drift_of(
    deps: AcceptDeps, store: StoreId, product: str, run_id: str = "", page: int | None = None
) -> Sequence[Difference]:
    """Return what a run found different in a product, the newest that ended where none is named. `page`: where the
    finding stands, if the caller knows; without it each page is read."""
    run = deps.runs.find(store, run_id) if run_id else None
    if not run_id:
        recent = deps.runs.recent(store, 5)
        run = next((each for each in recent if each.ended and not each.repairs), None)
    if run is None:
        return ()
    findings = (
        deps.runs.findings(store, run)
        if page is None
        else deps.runs.page(store, run.repairs or run.id, page)
    )
    return [
        difference
        for finding in findings
        if finding.product == product
        for difference in finding.differences
    ]


def accept_drift(
    deps: AcceptDeps,
    by: str,
    store: StoreId,
    product: str,
    found: Iterable[Difference],
    places: Collection[str],
    until: Until = Until.CHANGED,
    why: str = "",
) -> Sequence[Difference]:
    """Let drift stay at these places of a product (`Difference.place`, or `Difference.field` for all of a field; none:
    everywhere), and return what may stay. Raise CannotAsk where nothing was found there, and RetryLater."""
    kept = [each for each in found if not places or each.place in places or each.field in places]
    if not kept:
        raise CannotAsk(f"The last comparison found no such difference in '{product}'.")
    if len(why) > LONGEST_WHY:
        raise CannotAsk(
            f"The reason has {len(why)} characters; {LONGEST_WHY} are kept. Shorten it."
        )
    now_ms = deps.clock.now_ms()

    def said(each: Difference) -> Accepted:
        values = ANY_VALUES if until is Until.EVER else each.digest
        return Accepted(values, by, now_ms, until.ends_ms(now_ms), why.strip())

    deps.runs.accept(store, product, {each.place: said(each) for each in kept})
    line = ProductLine(
        now_ms, PosProductId(product), Did.ACCEPTED, by=by, fields=found_online(kept), words=why
    )
    with best_effort("keeping history", store, product):
        deps.history.write(store, [line])
    return kept


def accepted_of(deps: AcceptDeps, store: StoreId, product: str) -> Mapping[str, Accepted]:
    """Return what people let stay of a product and still holds, by place."""
    now_ms, found = deps.clock.now_ms(), deps.runs.accepted_of(store, product)
    return {place: each for place, each in found.items() if each.holds(now_ms)}


def take_back(deps: AcceptDeps, store: StoreId, product: str, places: Sequence[str]) -> None:
    """Have these places of a product compared again, by the next run. One that is gone is fine. Raise RetryLater."""
    deps.runs.forget(store, product, places)
