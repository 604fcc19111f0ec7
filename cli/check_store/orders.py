"""How the store lists orders, refunds and webhooks: what the documentation leaves open."""

from __future__ import annotations

from datetime import UTC, datetime

from cli.check_store.check import Check, Said, fine, know
from cli.check_store.client import StoreUnderTest, Untold, records_of
from cli.check_store.readings import PAGE, Record, order_page
from cli.counted import counted
from tillbridge.adapters.bigcommerce.answer import UnreadableRecordError
from tillbridge.adapters.bigcommerce.wire_order import OrderRecord, read_order, time_ms
from tillbridge.domain.connection import WebOrderMode

REPORT = "Tell the makers of Tillbridge."
_DAY_MS = 86_400_000
_DEFAULT_PAGE = 50


def _page_size(store: StoreUnderTest) -> Said:
    shown = len(order_page(store))
    if shown >= PAGE:
        return fine(f"A page holds {PAGE} orders with their lines.")
    there = _number(store.get("/orders/count", version="v2").body, "count")
    if there <= shown:
        return fine(f"All {counted(there, 'order')} came in one page, so its limit is not known.")
    words = f"A page holds {counted(shown, 'order')}, though {PAGE} were asked for and there are {there:,}."
    if shown < _DEFAULT_PAGE:
        return know(f"{words} Tillbridge takes a page below {_DEFAULT_PAGE} for the end.", REPORT)
    return know(f"{words} Tillbridge reads on page by page; it only takes more calls.")


def _lines(store: StoreUnderTest) -> Said:
    page = order_page(store)
    orders, odd = _readable(page)
    without = [
        each for each in orders if sum(line.quantity for line in each.lines) != each.items_total
    ]
    if odd:
        return know(f"{counted(odd, 'order')} of {len(page):,} cannot be read.", REPORT)
    if not orders:
        return fine("There is no order yet that would show it.")
    if not without:
        return fine(f"The lines of {counted(len(orders), 'order')} add up.")
    return know(
        f"Of {counted(len(orders), 'order')} {len(without):,} came without all lines, such as"
        f" {without[0].id}; {_by_itself(store, without[0])}"
    )


def _by_itself(store: StoreUnderTest, order: OrderRecord) -> str:
    lines = records_of(store.get(f"/orders/{order.id}/products", version="v2", limit=PAGE))
    if sum(_number(line, "quantity") for line in lines) == order.items_total:
        return "asked for by themselves they are all there, which Tillbridge does: a call an order."
    return "nor are they all there when asked for by themselves. What is not listed is not counted."


def _readable(page: list[Record]) -> tuple[list[OrderRecord], int]:
    found, odd = [], 0
    for raw in page:
        try:
            found.append(read_order(raw))
        except UnreadableRecordError:
            odd += 1
    return found, odd


def _empty(store: StoreUnderTest) -> Said:
    to_come = _iso(store.opened_ms + _DAY_MS)
    answer = store.get("/orders", version="v2", min_date_modified=to_come, limit=1)
    if records_of(answer):
        return know(
            "A list of orders from a time to come is not empty: every reading of orders would read all"
            " of them.",
            REPORT,
        )
    return fine(f"An empty list of orders is {'204' if answer.status == 204 else '[]'}.")


def _own_second(store: StoreUnderTest) -> Said:
    dated = [(when, each) for each in order_page(store) if (when := _modified_ms(each))]
    if not dated:
        return fine("There is no order yet that would show it.")
    when, newest = max(dated, key=lambda pair: pair[0])
    number = _number(newest, "id")
    query = {"min_date_modified": _iso(when), "min_id": number, "sort": "id:asc", "limit": 50}
    ids = [_number(each, "id") for each in records_of(store.get("/orders", version="v2", **query))]
    if any(each < number for each in ids):
        return know(
            "Lists of orders do not begin at the id that was asked for, so orders are read twice.",
            REPORT,
        )
    kept = "includes" if number in ids else "leaves out"
    return fine(f"A list from a second on {kept} that second; Tillbridge looks two minutes back.")


def _refunds(store: StoreUnderTest) -> Said:
    records_of(store.get("/orders/payment_actions/refunds", limit=1))
    return fine("Refunds can be listed.")


def _hooks(store: StoreUnderTest) -> Said:
    hooks = records_of(store.get("/hooks", limit=PAGE))
    if store.connection.settings.web_orders is WebOrderMode.OFF:
        return fine("Webhooks are not needed: this store reads no web orders.")
    of_orders = [each for each in hooks if str(each.get("scope", "")).startswith("store/order/")]
    active = sum(each.get("is_active") is True for each in of_orders)
    words = f"{counted(active, 'webhook')} of orders {'is' if active == 1 else 'are'} active"
    asleep = len(of_orders) - active
    if active and not asleep:
        return fine(f"{words}.")
    return know(
        f"{words}, {asleep:,} switched off. What the web sells is then known within five minutes, and"
        " before each stock call."
    )


def _modified_ms(order: Record) -> int:
    try:
        return time_ms(order.get("date_modified"))
    except ValueError:
        return 0


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1_000, UTC).isoformat()


def _number(record: object, name: str) -> int:
    value = record.get(name) if isinstance(record, dict) else None
    if not isinstance(value, int):
        raise Untold(f"its answer is not as documented (no number `{name}`)")
    return value


ORDERS = (
    Check("orders-page", "How many orders does a page hold?", _page_size),
    Check("orders-lines", "Do all lines come with an order?", _lines),
    Check("orders-empty", "How does an empty list of orders look?", _empty),
    Check("orders-second", "Does a list from a second on include that second?", _own_second),
    Check("refunds", "Can refunds be listed?", _refunds),
    Check("webhooks", "Do webhooks tell of orders?", _hooks),
)
