"""Refresh the read model: compare it with what a walk reads, and write only the rows that differ."""

from collections.abc import Iterable, Sequence

from tillbridge.domain.product import Product
from tillbridge.domain.view_rows import POS, WEB, ViewRow, pos_row, web_row
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.reconcile.session import Session


def refresh_web(session: Session, webs: Sequence[WebProduct]) -> None:
    """Refresh the Web view's rows of a page. A product that cannot be read keeps its row."""
    readable = [product for product in webs if not product.unreadable]
    _refresh(session, WEB, [web_row(product) for product in readable])


def refresh_pos(session: Session, records: Sequence[Product]) -> None:
    """Refresh the POS view's rows of a page. A product that the POS deleted stays listed as deleted,
    if it was listed before, and one that cannot be read keeps its row."""
    readable = [record for record in records if not record.unreadable]
    rows = [pos_row(each, session.settings, session.web_units(each)) for each in readable]
    _refresh(session, POS, rows)


def forget_web(session: Session, numbers: Iterable[int]) -> None:
    """Remove products that are no longer online from the Web view."""
    gone = [str(number) for number in numbers]
    if gone:
        session.deps.read_model.remove(session.store, WEB, gone)


def _refresh(session: Session, side: str, rows: Sequence[ViewRow]) -> None:
    there = session.deps.read_model.get(session.store, side, [row.id for row in rows])
    fresh = [row for row in rows if there.get(row.id) != row and not _unknown(row, there)]
    if fresh:
        session.deps.read_model.put(session.store, fresh)


def _unknown(row: ViewRow, there: object) -> bool:
    # A deleted product that was never listed needs no row.
    return row.deleted and isinstance(there, dict) and row.id not in there
