"""What an undo would do with each product, as far as the tables know it: nobody is called for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from tillbridge.domain.before_push import Before, Was, wire_of
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.link_requests import not_linked
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.request_plan import PlannedProduct, of_undo
from tillbridge.domain.undo_words import labels, old_values
from tillbridge.domain.view_rows import POS, ViewRow
from tillbridge.ports.before_images import BeforeImages, KeptBefore
from tillbridge.ports.history import History
from tillbridge.ports.jobs import Outcomes
from tillbridge.ports.replaced import Replaced
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.planning import (
    DELETED,
    MOST_READ,
    NOT_LINKED,
    Planned,
    named,
    why,
)

NOTHING, MOVED, DONE = "nothing_replaced", "linked_anew", "already_undone"

MOST_LINES, MOST_JOBS = 300, 10
"""So many lines of a product's history are read to find the pushes that can be undone, and so many of these."""

_PUSHES = frozenset({Did.UPDATED, Did.UNCHANGED, Did.REFUSED, Did.HIDDEN})
_CALLS, _CALLS_OF_VARIANTS = 2, 3
"""Calls of an undo: a look and a write; of variants, their write, another look, and what no batch changes."""


@dataclass(slots=True)
class Undos:
    """What an undo would do, and the ids under which its plan keeps what goes. `how` the store writes amounts."""

    planned: Planned
    kept: list[str]
    fields: frozenset[str] = frozenset()
    how: MoneyFormat | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest push of a product that can be undone: of a job, or ('') the first after a link; who asked for it;
    `made`: the product that it created (0: none)."""

    job: str
    by: str
    kept: KeptBefore | None = None
    made: int = 0


def undo_of_job(
    deps: ConsoleDeps,
    store: StoreId,
    job: str,
    told: Outcomes,
    products: Sequence[str],
    undos: Undos,
) -> None:
    """Find what the push of a job replaced, of all its products or of some."""
    if products:
        some = deps.befores.of(store, job, [PosProductId(each) for each in products])
        images = iter(some.values())
    else:
        images = deps.befores.of_job(store, job)
    near = list(islice(images, MOST_READ))
    known = {each.product for each in near}
    others = [each for each in told.did if each not in known and (not products or each in products)]
    made = [each for each in others if told.did[each] is Did.CREATED and not undos.fields]
    asked = [*known, *(PosProductId(each) for each in others[:MOST_READ])]
    rows, links = deps.views.get(store, POS, asked), deps.links.get(store, asked)
    for each in near:
        _put_back(each, job, links.get(each.product), rows.get(each.product), undos)
    far = [each.product for each in images]
    undos.planned.goes += far
    undos.planned.updates += len(far)
    undos.planned.calls += _CALLS * len(far)
    undos.kept += [of_undo(each, job) for each in far]
    if far:
        undos.planned.notes.append(
            f"Only the first {MOST_READ:,} products were looked at one by one."
        )
    lines = deps.jobs.lines(store, told, made[:MOST_READ]) if made else {}
    numbers = {each: int(line.web) for each, line in lines.items() if line.web is not None}
    for other in others[:MOST_READ]:
        link, row = links.get(PosProductId(other)), rows.get(other)
        if other in made:
            _hide(other, job, numbers.get(other, 0), link, row, undos)
        else:
            words = "That push replaced nothing of it."
            undos.planned.leave_out(why(named(other, row, link), NOTHING, words))


def undo_of_first(deps: ConsoleDeps, store: StoreId, products: Sequence[str], undos: Undos) -> None:
    """Find what the first push after a link replaced of these products."""
    ids = [PosProductId(each) for each in products]
    rows, links = deps.views.get(store, POS, ids), deps.links.get(store, ids)
    for each in ids:
        link, row = links.get(each), rows.get(each)
        product = named(each, row, link)
        refusal = _cannot(product, link, row)
        first = deps.replaced.find(store, each) if refusal is None else None
        if refusal is not None:
            undos.planned.leave_out(refusal)
        elif first is None or link is None or first.id != link.id:
            words = "Nothing is kept of a first push after a link, or it is more than 90 days ago."
            undos.planned.leave_out(why(product, NOTHING, words))
        else:
            _take(product, "", "What the first push after its link replaced.", undos)


def undo_newest(
    product: str, newest: Newest | None, link: Link | None, row: ViewRow | None, undos: Undos
) -> None:
    """Plan the undo of the newest push of a product."""
    shown = named(product, row, link)
    if newest is None:
        refusal = _cannot(shown, link, row)
        words = "No push of it can be undone: none replaced anything in the last 90 days."
        undos.planned.leave_out(refusal or why(shown, NOTHING, words))
    elif newest.made:
        _hide(product, newest.job, newest.made, link, row, undos)
    elif newest.kept is not None:
        _put_back(newest.kept, newest.job, link, row, undos)
    else:
        _take(shown, "", "What the first push after its link replaced.", undos)


class PushesKept(Protocol):
    """Where it is kept what pushes did, and what they replaced."""

    @property
    def history(self) -> History:
        """Return the history of products."""
        ...

    @property
    def befores(self) -> BeforeImages:
        """Return what pushes of jobs replaced."""
        ...

    @property
    def replaced(self) -> Replaced:
        """Return what first pushes after links replaced."""
        ...


def newest_push(
    deps: PushesKept,
    store: StoreId,
    product: PosProductId,
    link: Link | None,
    fields: frozenset[str] = frozenset(),
) -> Newest | None:
    """Return the newest push of a product that has something to undo; None when none has."""
    if link is None or link.id is None:
        return None
    seen: set[str] = set()
    for line in islice(deps.history.newest(store, product), MOST_LINES):
        if line.did is Did.CREATED and line.job:
            number = int(line.web or 0)
            same = number == link.id and not fields
            return Newest(line.job, line.by, made=number) if same else None
        if line.did is Did.LINKED:
            first = deps.replaced.find(store, product)
            done = bool(link.held) and not fields
            there = first is not None and first.id == link.id and not done
            return Newest("", line.by) if there else None
        if line.did not in _PUSHES or not line.job or line.job in seen:
            continue
        if len(seen) == MOST_JOBS:
            return None
        seen.add(line.job)
        kept = deps.befores.of(store, line.job, [product]).get(product)
        same = kept is not None and kept.before.number == link.id
        if kept is not None and same and still_to_undo(kept.before, link, fields):
            return Newest(line.job, line.by, kept)
    return None


def still_to_undo(
    before: Before, link: Link, fields: frozenset[str] = frozenset()
) -> Mapping[str, Was]:
    """Return what a push replaced and no undo has put back, of these fields or of all."""
    return {
        key: was
        for key, was in before.fields.items()
        if (not fields or wire_of(key) in fields) and key not in link.held
    }


def _put_back(
    kept: KeptBefore, job: str, link: Link | None, row: ViewRow | None, undos: Undos
) -> None:
    before = kept.before
    product = named(kept.product, row, link)
    refusal = _cannot(product, link, row)
    if refusal is None and link is not None and link.id != before.number:
        refusal = _moved(product)
    if refusal is not None or link is None:
        undos.planned.leave_out(refusal or why(product, NOT_LINKED, not_linked(kept.product)))
        return
    left = still_to_undo(before, link, undos.fields)
    asked = [key for key in before.fields if not undos.fields or wire_of(key) in undos.fields]
    if not left:
        words = "Its old values are back already." if asked else "That push did not change it."
        undos.planned.leave_out(why(product, DONE if asked else NOTHING, words))
        return
    words = old_values(left, undos.how)
    if before.no_room:
        words += f". Too long to be kept: {labels(before.no_room)}"
    _take(product, job, words, undos, of_variants=any("." in key for key in left))


def _take(
    product: PlannedProduct, job: str, words: str, undos: Undos, *, of_variants: bool = False
) -> None:
    undos.planned.take(why(product, "", words))
    undos.planned.calls += _CALLS + (_CALLS_OF_VARIANTS if of_variants else 0)
    undos.kept.append(of_undo(product.id, job))


def _hide(
    product: str, job: str, number: int, link: Link | None, row: ViewRow | None, undos: Undos
) -> None:
    shown = named(product, row, link)
    if link is None:
        undos.planned.leave_out(why(shown, NOT_LINKED, not_linked(PosProductId(product))))
    elif not number or link.id != number:
        undos.planned.leave_out(_moved(shown))
    else:
        shown = why(shown, "", "Hidden and unlinked")
        undos.planned.warn("created", shown)
        undos.planned.take(shown, creates=True)
        undos.planned.calls += 1
        undos.kept.append(of_undo(product, job, number))


def _cannot(
    product: PlannedProduct, link: Link | None, row: ViewRow | None
) -> PlannedProduct | None:
    if link is None or link.id is None:
        return why(product, NOT_LINKED, not_linked(PosProductId(product.id)))
    if link.status is LinkStatus.BROKEN:
        return why(product, "broken", f"It was deleted in BigCommerce (#{link.id}).")
    if row is not None and row.deleted:
        return why(product, DELETED, "It was deleted in the POS, and stays hidden.")
    return None


def _moved(product: PlannedProduct) -> PlannedProduct:
    words = "Since that push it was linked to another product, which the push did not change."
    return why(product, MOVED, words)
