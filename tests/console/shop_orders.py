"""Web orders and debts of the made-up shop, in every state."""

from dataclasses import replace

from tests.builders import LANTERN, a_connection
from tests.console.catalogue import DAY, HOSTILE, HOUR, MINUTE, NOW_MS, SHOP
from tests.console.shop import Shop
from tests.fakes.history import FakeOversold
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_list import FakeOrderList
from tests.unit.domain.autopsy.stories import web_after_till
from tests.unit.domain.web_orders.orders import a_line, an_order
from tests.unit.domain.web_orders.test_told_to_people import BY_STATE
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.history.product_line import Did, OrderUnits, ProductLine
from tillbridge.domain.ids import WebLineId, WebOrderId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.entry import EntryLine, LaneState, OrderEntry
from tillbridge.domain.web_orders.owed import Counts

FIRST = 1_041


def an_entry_of(state: LaneState, number: int, **overrides: object) -> OrderEntry:
    """Return an order in a state, placed hours ago."""
    entry = BY_STATE[state]
    placed = NOW_MS - (FIRST + 9 - number) * HOUR
    order = replace(entry.order, id=WebOrderId(number), placed_ms=placed, modified_ms=placed)
    since = NOW_MS - MINUTE
    lines = tuple(_named(line, number) for line in entry.lines)
    return replace(entry, order=order, since_ms=since, lines=lines, **overrides)  # type: ignore[arg-type]  # fields of an entry


def _named(line: EntryLine, number: int) -> EntryLine:
    name = HOSTILE[number % len(HOSTILE)] if number % 2 else "Jumper, S"
    account = replace(line.account, order=WebOrderId(number))
    return replace(line, shown=replace(line.shown, name=name, sku=name[:12]), account=account)


def with_orders(
    shop: Shop, *, mode: WebOrderMode = WebOrderMode.POS, settled: int = 6, many: int = 0
) -> Shop:
    """Return the shop with an order in each state, some that are over, and debts. `many`: more open ones."""
    shop.connect(a_connection(SHOP, settings=Settings(web_orders=mode)))
    book, debts = shop.deps.orders, shop.deps.oversold
    assert isinstance(book, FakeOrderList)
    assert isinstance(debts, FakeOversold)
    entries = [an_entry_of(state, FIRST + place) for place, state in enumerate(LaneState)]
    entries += [an_entry_of(LaneState.SEEN, 2_000 + place) for place in range(many)]
    done = replace(BY_STATE[LaneState.BOOKED], settled=True)
    for place in range(settled):
        order = replace(an_order(), id=WebOrderId(900 + place), placed_ms=NOW_MS - 40 * DAY)
        entries.append(replace(done, order=order))
    unlinked = replace(entries[0].lines[0].account, line=WebLineId(9), holder=None, owed=0)
    custom = EntryLine(a_line(9, name=HOSTILE[7], sku=""), unlinked, Counts.NOT_STOCK)
    entries[0] = replace(entries[0], lines=(*entries[0].lines, custom))
    _book_of(book).write(SHOP, [(None, each) for each in entries])
    product = entries[0].lines[0].account.holder
    assert product is not None
    units = OrderUnits(WebOrderId(FIRST), None, 2)
    shop.deps.history.write(
        SHOP,
        [
            ProductLine(NOW_MS - HOUR, product.product, Did.FOUND, order=units),
            ProductLine(NOW_MS - MINUTE, product.product, Did.BOOKED, order=units),
        ],
    )
    story = web_after_till()
    shop.deps.history.write(SHOP, story.lines)
    at_ms, orders = story.lines[-1].at_ms, (WebOrderId(FIRST + 1),)
    debts.note(SHOP, [Oversold(at_ms, Holder(LANTERN), 1, 3, "Mug, blue", "MUG-BLUE", orders)])
    many_orders = tuple(WebOrderId(900 + place) for place in range(9))
    debts.note(SHOP, [Oversold(NOW_MS - DAY, Holder(LANTERN), 4, 4, HOSTILE[7], "", many_orders)])
    return shop


def _book_of(listed: FakeOrderList) -> FakeOrderBook:
    return listed._book
