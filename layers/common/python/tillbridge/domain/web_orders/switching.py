"""What is said, and what is refused, when a store's web orders are switched on, off or to another mode."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.owed import Counts, owed
from tillbridge.domain.web_orders.shown import OrderStatus, WebLine, WebOrder

_OVER = frozenset(
    {
        OrderStatus.SHIPPED,
        OrderStatus.COMPLETED,
        OrderStatus.REFUNDED,
        OrderStatus.CANCELLED,
        OrderStatus.DECLINED,
    }
)

_RANGES_NAMED = 20


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of the POS; one that is not `active` is closed."""

    id: str
    name: str = ""
    active: bool = True


def wrong_outlet(settings: Settings, outlets: Sequence[Outlet]) -> str:
    """Return why orders cannot be booked where these settings say, '' when they can."""
    named = settings.web_outlet
    if not named:
        return _none_named(settings, outlets)
    found = next((each for each in outlets if each.id == named), None)
    if found is None:
        return f"The POS has no outlet '{named}'. Its outlets are: {_listed(outlets)}."
    if not found.active:
        return f"The outlet '{named}' is closed. Book web orders at another: {_listed(outlets)}."
    if settings.outlets and named not in settings.outlets:
        return (
            f"The outlet '{named}' is not one of those whose stock is sold online"
            f" ({', '.join(sorted(settings.outlets))}): what is booked there would never show in a level."
            " Name one of them, or add it to `outlets`."
        )
    return ""


def _none_named(settings: Settings, outlets: Sequence[Outlet]) -> str:
    if settings.web_orders is not WebOrderMode.POS:
        return ""
    first = next(iter(sorted(settings.outlets)), "")
    if any(each.id == first and each.active for each in outlets):
        return ""
    return (
        f"Say where the POS books web orders: web_outlet=ID. Its outlets are: {_listed(outlets)}."
    )


def only_outlet(settings: Settings, outlets: Sequence[Outlet]) -> str:
    """Return the outlet where web orders can only be booked, '' when there is a choice or it is made."""
    if settings.web_outlet or settings.outlets:
        return ""
    active = [each.id for each in outlets if each.active]
    return active[0] if len(active) == 1 else ""


NOT_OFFERED = (
    "This POS takes no web orders, so web_orders=pos would change nothing at the till. web_orders=ledger"
    " keeps the web from selling a unit twice, and lists what to set aside in the shop."
)


def when_stock_goes(at_placing: bool | None) -> str:
    """Return what it means when BigCommerce takes off stock; None: it does not say."""
    if at_placing is None:
        return (
            "BigCommerce does not say when it takes stock off. Tillbridge looks after each order and puts"
            " the level right."
        )
    if at_placing:
        return "BigCommerce takes stock off when an order is placed: that is best."
    return (
        "BigCommerce goes on offering units that it has sold until they ship. Tillbridge lowers them some"
        " seconds after each order. Better: set it to take stock off when an order is placed (control"
        " panel, Settings, Inventory)."
    )


def on_edits_and_refunds(on_edit: bool | None, on_refund: bool | None) -> str:
    """Return what it means whether edits and refunds move BigCommerce's stock."""
    if on_edit is None and on_refund is None:
        return ""
    moves = [word for word, on in (("edits", on_edit), ("refunds", on_refund)) if on]
    what = f"{' and '.join(moves).capitalize()} of orders" if moves else "Neither edits nor refunds"
    return f"{what} move stock in BigCommerce: either is fine, Tillbridge looks at the level."


def kept_back_twice(items: int) -> str:
    """Return what it means that some items have a safety stock of BigCommerce's own."""
    if not items:
        return ""
    have = "item has" if items == 1 else "items have"
    return (
        f"{items} {have} a safety stock in BigCommerce. Those units are kept back twice where `safety_stock`"
        " keeps some back too: use one of both."
    )


def unreadable_safety_stock(why: str) -> str:
    """Return that BigCommerce's own safety stock cannot be read, which hinders nothing."""
    return (
        f"Whether BigCommerce keeps units back itself cannot be read, so it was not checked: {why}"
    )


def unreadable_settings(why: str) -> str:
    """Return that BigCommerce's inventory settings cannot be read, which hinders nothing."""
    return (
        f"BigCommerce's inventory settings cannot be read, so they were not checked: {why} With the"
        " scope *Information & settings, read-only* they would be."
    )


def still_open(orders: Iterable[WebOrder], now_ms: int) -> list[WebOrderId]:
    """Return those of these orders of which something is still to be shipped, by number."""
    return sorted(
        order.id
        for order in orders
        if order.status not in _OVER
        and any(_to_be_shipped(order, line, now_ms) for line in order.lines)
    )


def _to_be_shipped(order: WebOrder, line: WebLine, now_ms: int) -> bool:
    owes = owed(order, line, now_ms)
    return owes.counts in (Counts.COUNTED, Counts.HELD) and owes.units > line.shipped


def older_orders(orders: Sequence[WebOrderId], *, more: bool) -> str:
    """Return how to count orders that were open before; `more`: not all of them were looked at."""
    if not orders:
        return ""
    count = f"{'At least ' if more else ''}{len(orders)} older order{'s' * (len(orders) > 1)}"
    are = "are" if len(orders) > 1 else "is"
    return (
        f"{count} {are} still open and not counted, since somebody may have booked them in the POS by hand."
        f" Those that nobody has: `tillbridge orders take {_ranges(orders)}`."
    )


def switched_off(open_orders: int) -> str:
    """Return what it means to switch web orders off while some are open."""
    return (
        f"{_orders(open_orders)} open. Their units are not kept from being sold any more: they go online"
        " again with the next change of each product, or with the next repair. What is known of them stays,"
        " and counts again when web orders are switched on."
    )


def told_from_now_on(open_orders: int) -> str:
    """Return what it means to have the POS told of orders that people were to book by hand."""
    return (
        f"{_orders(open_orders)} open, and the POS may be told of each. Those that somebody has booked by"
        " hand it would book a second time: first `tillbridge orders ack` them."
    )


def _orders(count: int) -> str:
    return "1 web order is" if count == 1 else f"{count:,} web orders are"


def _listed(outlets: Sequence[Outlet]) -> str:
    active = [each for each in outlets if each.active]
    return ", ".join(f"{each.id} ({each.name})" if each.name else each.id for each in active)


def _ranges(numbers: Sequence[WebOrderId]) -> str:
    """Return ascending numbers as people write them: 231 240-251."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    words = ["-".join(map(str, run)) for run in runs]
    return " ".join(words[:_RANGES_NAMED]) + (" …" if len(words) > _RANGES_NAMED else "")
