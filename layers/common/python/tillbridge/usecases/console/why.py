"""Why a field of a product has its value: told from its newest lines, with the call that made it so."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.history.call_line import ToldCall, call_of, moment_of
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.domain.why.answers import Answer, answer
from tillbridge.domain.why.names import STOCK, Named
from tillbridge.domain.why.reasons import BEGINS, Reason, reasons
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.product_history import LineTold, sides, told

LINES = 200
"""Lines that are read for an answer."""

FURTHER_LINES = 1_000
"""Lines that are read when somebody asks to look further: one request, as a line is at most 1,000 bytes."""

_BEGINS = BEGINS | {Did.UNLINKED}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a field of a product, or of its `variant`, has its value. `row`: the product in its view, of its own
    side. `line`: in words, what made it so; `call`: the call that did, None where it is not kept. `read`: so many
    lines were read; `more`: there are older ones that may say more."""

    product: PosProductId | None
    number: StoreProductId | None
    row: ViewRow | None
    link: Link | None
    connection: Connection
    reason: Reason
    answer: Answer
    line: LineTold | None
    call: ToldCall | None
    read: int
    more: bool

    @property
    def variants(self) -> Sequence[PosVariantId]:
        """Return the variants of which the same can be asked."""
        return tuple(self.link.variants) if self.link and self.reason.named.of_variants else ()


def why(
    deps: ConsoleDeps,
    store: StoreId,
    product: PosProductId | None,
    number: StoreProductId | None,
    asked: Named,
    *,
    variant: str = "",
    further: bool = False,
) -> Why | None:
    """Return why a field has its value; None where nothing is known of the product, or of the variant. `number`
    names one that is in BigCommerce alone. Five requests: connection, link, row, lines and calls. Raise
    UnknownStore."""
    connection = deps.stores.as_told(store)
    if connection is None:
        raise UnknownStore(store)
    link = deps.links.get(store, [product]).get(product) if product else None
    side, id_ = (POS, str(product)) if product else (WEB, str(number))
    row = deps.views.get(store, side, [id_]).get(id_)
    # What its number has lines of was before it was linked: nothing of that was sent.
    about = sides(product, None if product else number)
    page = deps.history.page(store, about, FURTHER_LINES if further else LINES)
    lines = page.lines
    if link is None and row is None and not lines:
        return None
    found = {each.variant: each for each in reasons([asked], lines, link, connection.settings)}
    reason = _of(found, asked, variant)
    if reason is None:
        return None
    more = bool(page.after) and not any(line.did in _BEGINS for line in lines)
    linked = link is not None and link.is_linked
    made = lines.index(reason.line) if reason.line in lines else None
    return Why(
        product,
        link.id if link and link.id else number,
        row,
        link,
        connection,
        reason,
        answer(reason, linked=linked, more=more),
        next(told(lines[made:], 1), None) if made is not None else None,
        _call(deps, store, reason),
        len(lines),
        more and not reason.sure,
    )


def _of(found: dict[PosVariantId | None, Reason], asked: Named, variant: str) -> Reason | None:
    if variant:
        return found.get(PosVariantId(variant))
    if asked == STOCK and None not in found:
        return next(iter(found.values()), None)
    return found.get(None)


def _call(deps: ConsoleDeps, store: StoreId, reason: Reason) -> ToldCall | None:
    key = reason.line.call if reason.line else ""
    moment = moment_of(key)
    return call_of(key, deps.calls.of(store, moment, moment)) if moment else None
