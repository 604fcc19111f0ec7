"""How a product stands to the other side, as its rows say it. Composed here alone, for whoever writes a row."""

from dataclasses import replace
from decimal import Decimal

from tillbridge.domain.connection import Settings
from tillbridge.domain.fields import Field
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.row_composing import price_text
from tillbridge.domain.view_rows import LONGEST_TEXT, POS, WEB, RowState, ViewRow

_STATES = {
    LinkStatus.LINKED: RowState.LINKED,
    LinkStatus.FAILED: RowState.FAILED,
    LinkStatus.BROKEN: RowState.BROKEN,
}


def standing(row: ViewRow, link: Link | None, there: ViewRow | None = None) -> ViewRow:
    """Return the row with what the link says of it. `there`: the row that is stored: it knows when BigCommerce
    took something last and, of a product that has no link, that an import left it out and why."""
    row = replace(row, synced_ms=max(row.synced_ms, there.synced_ms if there else 0))
    if link is None:
        return _left_out_as(there, row) if there and _is_left_out(there) else _alone(row)
    problem = link.problem
    return replace(
        row,
        state=_state(link),
        other=_other(row.side, link),
        code=problem.code if problem else "",
        words=problem.words if problem else "",
        notes=_notes(link),
        holder=str(problem.holder) if problem and problem.holder else "",
    )


def left_out(row: ViewRow, code: str, words: str) -> ViewRow:
    """Return the row of a BigCommerce product that an import left out, and why; one that is linked as it is."""
    if row.other:
        return row
    return replace(_alone(row), state=RowState.LEFT_OUT, code=code, words=words)


def row_of_link(side: str, id_: str, link: Link) -> ViewRow:
    """Return the row of a product of which nothing is known but what its link remembers."""
    skus = tuple(dict.fromkeys(sku[:LONGEST_TEXT] for sku in link.skus))
    name = link.name[:LONGEST_TEXT]
    return ViewRow(side, id_, name, sku=link.sku[:LONGEST_TEXT], skus=skus)


def as_sent(
    row: ViewRow, link: Link, settings: Settings, *, seen: ViewRow | None = None, version: int = -1
) -> ViewRow:
    """Return the row of a BigCommerce product with what was sent of it. `seen`: the row of the POS's record of
    this version; where BigCommerce took that very version, the price is its own."""
    # The link has what was sent as it was sent, but of the price.
    sent, sends = row_of_link(WEB, row.id, link), settings.fields.sends
    if sends(Field.NAME) and sent.name:
        row = replace(row, name=sent.name)
    if sends(Field.SKU) and sent.skus:
        row = replace(row, sku=sent.sku or row.sku, skus=sent.skus)
    if sends(Field.STOCK):
        row = replace(row, stock=_stock(row, link))
    taken = link.status is LinkStatus.LINKED and link.problem is None
    if seen and taken and sends(Field.PRICE) and link.content_version == version:
        row = replace(row, price=_price(seen.price), price_to=_price(seen.price_to))
    return row


def _price(text: str) -> str:
    return price_text(Decimal(text)) if text else ""


def _stock(row: ViewRow, link: Link) -> str:
    if link.tracking == "none":
        return ""
    known = [each.level for each in link.variants.values()] or [link.level]
    if None in known or not link.tracking:
        return row.stock
    return str(sum(level for level in known if level is not None))


def _state(link: Link) -> RowState:
    if link.status is LinkStatus.CREATING:
        # It is told as waiting. One that keeps failing says so, though what it may have made is looked for.
        return RowState.FAILED if link.problem else RowState.NOT_LINKED
    return _STATES[link.status]


def _other(side: str, link: Link) -> str:
    if side == POS:
        return str(link.id) if link.id is not None else ""
    return link.product


def _notes(link: Link) -> tuple[str, ...]:
    notes = (*link.notes, *link.odd_counts)
    if link.debt:
        return (*notes, f"The POS's stock is {link.debt} below zero; 0 is shown online.")
    return notes


def _is_left_out(row: ViewRow) -> bool:
    return row.state is RowState.LEFT_OUT


def _left_out_as(there: ViewRow, row: ViewRow) -> ViewRow:
    return left_out(_alone(row), there.code, there.words)


def _alone(row: ViewRow) -> ViewRow:
    return replace(row, state=RowState.NOT_LINKED, other="", code="", words="", notes=(), holder="")
