"""What can be undone of a product, field by field, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tillbridge.domain.before_push import Was, wire_of
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.people import Person
from tillbridge.domain.undo_words import values_of
from tillbridge.domain.view_rows import POS
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.plan_request import is_own, not_own
from tillbridge.usecases.console.plan_undo import wires_of
from tillbridge.usecases.console.planning_undo import (
    MOST_LINES,
    Newest,
    newest_push,
    still_to_undo,
)

_NONE = "No push of it can be undone: none replaced anything in the last 90 days."
_FIRST = "What the first push after its link replaced."
_MADE = "This push made it: it is hidden in BigCommerce and unlinked. It is not deleted."


@dataclass(frozen=True, slots=True)
class UndoableField:
    """A field that comes back: its label, and what comes back for what, of variants too, by its keys on a link."""

    label: str
    values: Mapping[str, Was]

    def text(self, how: MoneyFormat) -> str:
        """Return in words what comes back for what; amounts as a store writes them."""
        return values_of(self.values, how)


@dataclass(frozen=True, slots=True)
class Undoable:
    """The newest push of a product that can be undone: its `job` ('' for the first after a link), who asked for it,
    when the product was read for it (epoch ms, 0 where that is not known), and its `lines`. `whole`: in words, where
    there is no choice of fields. `words`: why nothing can be undone, '' where something can. `linked_to`: the number
    that it was unlinked from last, 0 of none."""

    product: PosProductId
    name: str
    job: str = ""
    by: str = ""
    at_ms: int = 0
    lines: tuple[UndoableField, ...] = ()
    whole: str = ""
    words: str = ""
    linked_to: int = 0


def undoable(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    product: str,
    fields: Sequence[str] = (),
    *,
    job: str = "",
) -> Undoable | None:
    """Return what can be undone of a product: of its newest push that replaced one of `fields` (any, where it names
    none), or of the push of a `job`; None for a product that nobody knows. Raise CannotAsk for a field that no push
    sends."""
    wires = frozenset(wires_of(fields))
    if not 0 < len(product) <= LONGEST_ID or "\0" in product:
        return None
    id_ = PosProductId(product)
    row = deps.views.get(store, POS, [product]).get(product)
    link = deps.links.get(store, [id_]).get(id_)
    if row is None and link is None:
        return None
    name = (row.name if row else "") or (link.name if link else "") or product
    if link is None and (number := unlinked_from(deps, store, id_)):
        words = f"It was unlinked from #{number}. Its values are as they were then."
        return Undoable(id_, name, words=words, linked_to=number)
    newest = _push_of(deps, store, id_, link, job, wires)
    if newest is None or link is None:
        return Undoable(id_, name, words=_NONE)
    if not is_own(person, store, newest.by):
        return Undoable(id_, name, words=not_own(newest.by))
    if newest.kept is None:
        return Undoable(id_, name, newest.job, newest.by, whole=_MADE if newest.made else _FIRST)
    before = newest.kept.before
    lines = _lines(still_to_undo(before, link))
    return Undoable(id_, name, newest.job, newest.by, before.at_ms, lines)


def unlinked_from(deps: ConsoleDeps, store: StoreId, product: PosProductId) -> int:
    """Return the BigCommerce product that a product was linked to last, as its history says; 0 of none."""
    lines = islice(deps.history.newest(store, product), MOST_LINES)
    return next((int(e.web) for e in lines if e.did is Did.UNLINKED and e.web is not None), 0)


def _push_of(
    deps: ConsoleDeps,
    store: StoreId,
    product: PosProductId,
    link: Link | None,
    job: str,
    wires: frozenset[str],
) -> Newest | None:
    if not job:
        return newest_push(deps, store, product, link, wires)
    found, kept = deps.jobs.get(store, job), deps.befores.of(store, job, [product]).get(product)
    if kept is None or link is None or kept.before.number != link.id:
        return None
    left = still_to_undo(kept.before, link, wires)
    return Newest(job, found.by if found else "", kept) if left else None


def _lines(left: Mapping[str, Was]) -> tuple[UndoableField, ...]:
    by_label: dict[str, dict[str, Was]] = {}
    for key, was in left.items():
        by_label.setdefault(FIELDS[wire_of(key)].label, {})[key] = was
    return tuple(UndoableField(label, some) for label, some in by_label.items())
