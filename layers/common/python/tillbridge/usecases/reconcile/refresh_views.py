"""Refresh the read model: compare it with what a walk reads, how each product stands to the other side too, and
write only the rows that differ. So what a kill left of a row is mended."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from tillbridge.domain.details.composing import is_whole, pos_detail, web_detail
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link
from tillbridge.domain.product import Product
from tillbridge.domain.row_composing import pos_row, web_row
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.domain.view_state import standing
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.read_model import Details, RowKey
from tillbridge.usecases.reconcile.session import Session

type _Composed = Callable[[Mapping[RowKey, ViewRow]], list[ViewRow]]


def refresh_web(
    session: Session, webs: Sequence[WebProduct], links: Mapping[StoreProductId, Link]
) -> None:
    """Refresh the Web view's rows of a page. `links`: of those that have one, as `session.links` read them
    before. A product that cannot be read keeps its row."""
    readable = [product for product in webs if not product.unreadable]

    def composed(there: Mapping[RowKey, ViewRow]) -> list[ViewRow]:
        found = []
        for web in readable:
            before = there.get((WEB, str(web.id)))
            found.append(standing(web_row(web, before), links.get(web.id), before))
        return found

    known = {(WEB, str(web.id)): links.get(web.id) for web in readable}
    now = session.now_ms()
    details = {
        (WEB, str(web.id)): web_detail(web, now, linked=web.id in links)
        for web in readable
        if is_whole(web)
    }
    _refresh(session, known, composed, details)


def refresh_pos(
    session: Session, records: Iterable[Product], links: Mapping[PosProductId, Link]
) -> None:
    """Refresh the POS view's rows of a page. A product that the POS deleted stays listed as deleted,
    if it was listed before, and one that cannot be read keeps its row."""
    readable = [
        record for record in records if not record.unreadable and record.id not in session.unread
    ]

    def composed(there: Mapping[RowKey, ViewRow]) -> list[ViewRow]:
        found = []
        for record in readable:
            before = there.get((POS, record.id))
            row = pos_row(record, session.settings, session.web_units(record))
            if before is not None or not record.deleted:
                found.append(standing(row, links.get(record.id), before))
        return found

    known = {(POS, str(record.id)): links.get(record.id) for record in readable}
    now = session.now_ms()
    details = {(POS, str(record.id)): pos_detail(record, now) for record in readable}
    _refresh(session, known, composed, details)


def forget_web(session: Session, numbers: Iterable[int]) -> None:
    """Remove products that are no longer online from the Web view."""
    gone = [str(number) for number in numbers]
    if gone:
        session.deps.read_model.remove(session.store, WEB, gone)


def _refresh(
    session: Session,
    known: Mapping[RowKey, Link | None],
    composed: _Composed,
    details: Mapping[RowKey, Detail],
) -> None:
    digests = {key: detail.digest for key, detail in details.items()}

    def differs(row: ViewRow, before: ViewRow | None) -> bool:
        if before is None or row != before:
            return True
        return digests.get((row.side, row.id), before.detail) != before.detail

    def fresh(there: Mapping[RowKey, ViewRow]) -> Sequence[ViewRow]:
        rows = [row for row in composed(there) if differs(row, there.get((row.side, row.id)))]
        return _of_unwritten_links(session, rows, known)

    if known:
        kept = Details(lambda key, _: details.get(key))
        session.deps.read_model.revise(session.store, known.keys(), fresh, kept)


def _of_unwritten_links(
    session: Session, rows: Sequence[ViewRow], known: Mapping[RowKey, Link | None]
) -> Sequence[ViewRow]:
    """Return the rows whose link was not written since it was read: who wrote it writes the row, too."""
    if not rows:
        return rows
    before = {(row.side, row.id): known[row.side, row.id] for row in rows}
    products = {link.product for link in before.values() if link is not None}
    products |= {PosProductId(row.id) for row in rows if row.side == POS}
    now = session.links(sorted(products))
    free = [
        StoreProductId(int(id_))
        for (side, id_), link in before.items()
        if (side, link) == (WEB, None)
    ]
    holders = session.deps.links.holders(session.store, free) if free else {}

    def unwritten(row: ViewRow) -> bool:
        link = before[row.side, row.id]
        if link is not None:
            return now.get(link.product) == link
        if row.side == POS:
            return PosProductId(row.id) not in now
        return holders.get(StoreProductId(int(row.id)), IMPORTING) == IMPORTING

    return [row for row in rows if unwritten(row)]
