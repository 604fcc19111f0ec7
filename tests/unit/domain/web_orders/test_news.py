"""What others are told when an order is read."""

import pytest

from tests.builders import JUMPER
from tests.unit.domain.web_orders.orders import HOLDERS, NOW_MS, ONLINE, SIGHT, a_line, an_order
from tillbridge.domain.ids import StoreId, StoreVariantId
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.booking import ask
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.finding import Holders, Sight, found
from tillbridge.domain.web_orders.news import news
from tillbridge.domain.web_orders.order_events import OrderEvent, OrderEventType
from tillbridge.domain.web_orders.shown import WebOrder

PLACED, CHANGED, REFUNDED = (
    OrderEventType.PLACED,
    OrderEventType.CHANGED,
    OrderEventType.REFUNDED,
)
ORDER = an_order()
DAY_MS = 86_400_000


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (ORDER, PLACED),
        (an_order(status=0), None),
        (an_order(status=1), PLACED),
        (an_order(status=7), PLACED),
        (an_order(status=5), PLACED),
        (an_order(a_line(refunded=2), status=4), PLACED),
        (an_order(status=77), PLACED),
    ],
    ids=["paid", "incomplete", "pending", "awaits payment", "cancelled", "refunded", "unknown"],
)
def test_an_order_that_is_seen_first(order: WebOrder, told: OrderEventType | None) -> None:
    assert news(None, found(None, order, SIGHT)) == told


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (ORDER, None),
        (an_order(modified_ms=NOW_MS + 60_000), None),
        (an_order(a_line(name="Jumper, renamed")), CHANGED),
        (an_order(payment="PayPal"), CHANGED),
        (an_order(status=9), CHANGED),
        (an_order(status=2), CHANGED),
        (an_order(status=5), CHANGED),
        (an_order(status=0), CHANGED),
        (an_order(a_line(quantity=3)), CHANGED),
        (an_order(a_line(), a_line(2)), CHANGED),
        (an_order(a_line(2)), CHANGED),
        (an_order(a_line(shipped=1)), None),
        (an_order(a_line(refunded=1), status=14), REFUNDED),
        (an_order(a_line(refunded=2), status=4), REFUNDED),
        (an_order(a_line(shipped=2, refunded=1)), REFUNDED),
        (an_order(status=4), CHANGED),
    ],
    ids=[
        "read again",
        "touched",
        "told otherwise to the POS",
        "paid otherwise",
        "another status",
        "shipped",
        "cancelled",
        "incomplete again",
        "more units",
        "one more line",
        "another line",
        "a parcel that changes nothing owed",
        "a unit refunded",
        "all refunded",
        "a shipped unit refunded",
        "refunded without units",
    ],
)
def test_an_order_that_was_told(order: WebOrder, told: OrderEventType | None) -> None:
    before = found(None, ORDER, SIGHT)
    assert news(before, found(before, order, SIGHT)) == told


def test_an_order_that_is_shown_older_than_it_is_kept_is_no_news() -> None:
    before = found(None, ORDER, SIGHT)
    older = an_order(status=9, modified_ms=NOW_MS - 1_000)
    assert news(before, found(before, older, SIGHT)) is None


def test_a_refund_that_was_told_is_not_told_with_every_later_change() -> None:
    before = found(None, an_order(a_line(refunded=1), status=14), SIGHT)
    later = found(before, an_order(a_line(refunded=1), status=2), SIGHT)
    assert news(before, later) == CHANGED


def test_a_product_that_is_linked_later_is_a_change() -> None:
    before = found(None, ORDER, Sight(NOW_MS, {}, "web"))
    assert news(before, found(before, ORDER, SIGHT)) == CHANGED


def test_an_order_that_nobody_pays_is_a_change_when_its_units_are_free() -> None:
    pending = an_order(status=1)
    before = found(None, pending, SIGHT)
    later = found(before, pending, Sight(NOW_MS + DAY_MS, HOLDERS, "web"))
    assert news(before, later) == CHANGED


def test_what_the_function_that_tells_the_pos_writes_is_no_news_of_the_next_reading() -> None:
    before = found(None, ORDER, SIGHT)
    asked = ask(before, 0)
    assert asked != before
    assert news(asked, found(asked, ORDER, SIGHT)) is None


def _ids(*statuses: int) -> list[str]:
    """Return the ids of what is told of an order that goes through these statuses."""
    entry: OrderEntry | None = None
    ids = []
    for status in statuses:
        before, entry = entry, found(entry, an_order(status=status), SIGHT)
        kind = news(before, entry)
        assert kind is not None
        ids.append(OrderEvent(kind, StoreId("harbour"), entry, NOW_MS).id)
    return ids


def test_changes_of_one_revision_have_ids_of_their_own_also_when_it_is_as_it_was() -> None:
    assert len(set(_ids(11, 9, 11, 9, 12))) == 5


def test_what_is_told_again_after_a_kill_has_the_same_ids() -> None:
    assert _ids(11, 9, 11) == _ids(11, 9, 11)


def test_what_changed_meanwhile_has_another_id_though_its_number_is_the_same() -> None:
    assert _ids(11, 9)[1] != _ids(11, 12)[1]


def test_a_line_keeps_what_holds_its_stock_and_is_no_news_when_its_link_goes() -> None:
    before = found(None, ORDER, SIGHT)
    moved: Holders = {(ONLINE, StoreVariantId(501)): Holder(JUMPER)}
    assert news(before, found(before, ORDER, Sight(NOW_MS, moved, "web"))) is None
