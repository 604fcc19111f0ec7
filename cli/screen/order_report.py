"""Web orders, printed for people and as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from cli.screen.console import console, short, table
from cli.shapes import orders as shapes
from cli.shapes.moment import moment
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.web_orders.entry import EntryLine, OrderEntry
from tillbridge.domain.web_orders.setting_aside import ShelfUnits, open_of_line
from tillbridge.domain.web_orders.told_to_people import (
    how_far,
    is_late,
    status_words,
    what_to_do,
)
from tillbridge.ports.order_list import ListedOrder
from tillbridge.usecases.orders_by_hand import Answered

UNREADABLE = "cannot be read; the log says more"
_ORDERS_NAMED = 5


def print_orders(found: Sequence[ListedOrder], mode: WebOrderMode, now_ms: int, most: int) -> None:
    """Print orders, which must be some: how far each is, then what to do about those of which
    something is to be done."""
    shown = found[:most]
    columns = ("order", "placed (UTC)", "BigCommerce", "units", "POS")
    rows = [_row(each, mode, now_ms) for each in shown]
    console.print(table(f"Web orders ({len(found)})", columns, rows, whole=columns[:2]))
    todo = [
        (str(each.order.id), words)
        for each in shown
        if isinstance(each, OrderEntry)
        and not (words := what_to_do(each, mode, now_ms)).startswith("Nothing")
    ]
    if todo and mode is not WebOrderMode.OFF:
        console.print()
        console.print(table("What to do", ("order", "what"), todo, whole=("order",)))
    if len(found) > most:
        console.print(f"… and {len(found) - most} more. --limit shows more.")


def print_set_aside(shelf: Iterable[ShelfUnits]) -> None:
    """Print what is to be set aside in the shop."""
    rows = [
        (each.outlet or "(any)", each.sku, short(each.name), each.aside, each.gone, _orders(each))
        for each in shelf
    ]
    console.print()
    columns = ("outlet", "SKU", "name", "set aside", "gone already", "orders")
    console.print(table("Set aside in the shop", columns, rows, whole=("SKU",)))


def show_order(
    entry: OrderEntry, mode: WebOrderMode, now_ms: int, versions: Mapping[PosProductId, int]
) -> None:
    """Print an order as BigCommerce shows it and as the POS has it, and what to do."""
    order = entry.order
    console.print(
        f"Web order {order.id}, placed {_time(order.placed_ms)}, in BigCommerce: "
        f"{status_words(order.status)}, last changed {_time(order.modified_ms)} (UTC)."
    )
    columns = (
        "SKU",
        "name",
        "ordered",
        "shipped",
        "refunded",
        "owed",
        "booked",
        "kept back",
        "in the POS",
    )
    rows = [_line_row(line, versions) for line in entry.lines]
    console.print(table("Lines", columns, rows, whole=("SKU",)))
    told = f"told {entry.revision}" if entry.told else "not told"
    sent = f", asked {entry.sent.revision}" if entry.sent else ""
    answered = f", answered {entry.answered}" if entry.answered else ""
    outlet = f" at {entry.told.outlet}" if entry.told and entry.told.outlet else ""
    console.print(
        f"POS{outlet}: {how_far(entry, mode, now_ms)}. Revisions: {told}{sent}{answered}."
    )
    console.print(f"What to do: {what_to_do(entry, mode, now_ms)}")


def say_answered(answers: Sequence[Answered]) -> None:
    """Print what became of requests about orders."""
    for words, orders in _by_words(answers).items():
        named = ", ".join(map(str, orders[:_ORDERS_NAMED]))
        more = f" and {len(orders) - _ORDERS_NAMED} more" if len(orders) > _ORDERS_NAMED else ""
        console.print(f"{named}{more}: {words}")


def answers_json(answers: Sequence[Answered]) -> list[shapes.OrderAnswer]:
    """Return the same as JSON."""
    return [{"order": each.order, "done": each.done, "words": each.words} for each in answers]


def listed_json(
    each: ListedOrder, mode: WebOrderMode, now_ms: int
) -> shapes.Order | shapes.UnreadableOrder:
    """Return an order of a list as JSON."""
    if not isinstance(each, OrderEntry):
        return {"id": each.id, "state": "unreadable", "what_to_do": UNREADABLE}
    return order_json(each, mode, now_ms)


def order_json(each: OrderEntry, mode: WebOrderMode, now_ms: int) -> shapes.Order:
    """Return an order as JSON."""
    return {
        "id": each.order.id,
        "status_id": each.order.status,
        "placed_at": moment(each.order.placed_ms),
        "modified_at": moment(each.order.modified_ms),
        "since": moment(each.since_ms),
        "state": each.state.value,
        "overdue": is_late(each, mode, now_ms),
        "settled": each.settled,
        "revision": each.revision,
        "answered": each.answered,
        "what_to_do": what_to_do(each, mode, now_ms),
        "lines": [_line_json(line) for line in each.lines],
    }


def shelf_json(each: ShelfUnits) -> shapes.SetAside:
    """Return goods to be set aside as JSON."""
    return {
        "outlet": each.outlet,
        "sku": each.sku,
        "name": each.name,
        "aside": each.aside,
        "gone": each.gone,
        "orders": list(each.orders),
    }


def _line_json(line: EntryLine) -> shapes.OrderLine:
    holder = line.account.holder
    return {
        "line_id": line.shown.id,
        "sku": line.shown.sku,
        "name": line.shown.name,
        "quantity": line.shown.quantity,
        "shipped": line.shown.shipped,
        "refunded": line.shown.refunded,
        "owed": line.account.owed,
        "counts": line.counts.value,
        "product": holder.product if holder else None,
        "variant": holder.variant if holder else None,
        "asked": line.account.asked,
        "booked": _booked(line),
    }


def _row(each: ListedOrder, mode: WebOrderMode, now_ms: int) -> tuple[object, ...]:
    if not isinstance(each, OrderEntry):
        return str(each.id), "", "", "", UNREADABLE
    units = sum(account.owed for account in each.accounts)
    status = status_words(each.order.status)
    return (
        str(each.order.id),
        _time(each.order.placed_ms),
        status,
        str(units),
        how_far(each, mode, now_ms),
    )


def _line_row(line: EntryLine, versions: Mapping[PosProductId, int]) -> tuple[object, ...]:
    shown, holder = line.shown, line.account.holder
    where = "not linked" if holder is None else holder.variant or holder.product
    return (
        shown.sku,
        short(shown.name),
        shown.quantity,
        shown.shipped,
        shown.refunded,
        line.account.owed,
        _booked(line),
        open_of_line(line, versions),
        where,
    )


def _booked(line: EntryLine) -> int:
    return line.account.bookings[-1].units if line.account.bookings else 0


def _orders(each: ShelfUnits) -> str:
    more = len(each.orders) - _ORDERS_NAMED
    named = ", ".join(map(str, each.orders[:_ORDERS_NAMED]))
    return named if more <= 0 else f"{named} and {more} more"


def _by_words(answers: Sequence[Answered]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for each in answers:
        found.setdefault(each.words, []).append(each.order)
    return found


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M")
