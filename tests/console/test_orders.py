"""Web orders on their pages: how far each is, what to do, and what people may ask for."""

import pytest

from tests.builders import a_connection
from tests.console.catalogue import SHOP
from tests.console.shop import OLIVIA, SAM, VERA, Shop
from tests.console.shop_orders import FIRST, with_orders
from tests.console.visits import S, Seen, post, visit
from tests.fakes.console import FakeRequests
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.people import Person
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.usecases.console.oversold import key_of

FAILED = FIRST + list(LaneState).index(LaneState.FAILED)
BOOKED = FIRST + list(LaneState).index(LaneState.BOOKED)


@pytest.fixture
def orders(shop: Shop) -> Shop:
    return with_orders(shop)


def asked_for(shop: Shop) -> list[tuple[str, tuple[object, ...]]]:
    requests = shop.deps.requests
    assert isinstance(requests, FakeRequests)
    return [(kind, named) for kind, _, _, _, named in requests.asked]


def test_open_ones_come_first_with_how_far_they_are_and_what_to_do(orders: Shop) -> None:
    page = visit(orders, f"{S}/orders")
    open_, latest = page.tree.select("section.card table")
    assert f"#{FIRST + 8}" in open_.get_text()
    assert "The POS refuses it" in open_.get_text()
    assert "The outlet is closed. Then tell the POS again." in " ".join(open_.get_text().split())
    assert "#905" in latest.get_text()
    assert f"#{FIRST}" not in latest.get_text()


def test_pages_follow_by_number(shop: Shop) -> None:
    with_orders(shop, many=60, settled=60)
    first = visit(shop, f"{S}/orders")
    more, older = first.values(".pages a", "href")
    assert "show=open" in more
    second = visit(shop, f"{S}/orders", show="open", below=more.rpartition("=")[2])
    assert "#2059" in first.texts("section b")
    assert "#2009" in second.texts("section b")
    assert not set(first.texts("section b")) & set(second.texts("section b"))
    third = visit(shop, f"{S}/orders", below=older.rpartition("=")[2])
    assert "Count an order" not in third.text
    assert visit(shop, f"{S}/orders", below="none").answer.status == 200


def test_one_order_says_what_it_owes_and_what_happened(orders: Shop) -> None:
    page = visit(orders, f"{S}/orders/{FIRST}")
    for words in ("Web order #1041", "Awaiting fulfillment", "What to do:", "not linked"):
        assert words in page.text
    assert "The POS had booked 2 of" in page.text
    assert "It was found to owe 2 of" in page.text


@pytest.mark.parametrize(("person", "may"), [(OLIVIA, True), (SAM, True), (VERA, False)])
def test_who_may_act_has_the_pos_told_again(orders: Shop, person: object, may: bool) -> None:
    page = visit(orders, f"{S}/orders/{FAILED}", person=person)  # type: ignore[arg-type]  # a person
    assert ("Tell the POS again" in page.texts("button")) == may
    assert "The outlet is closed." in page.text


def test_the_pos_is_told_again_of_what_it_refused(orders: Shop) -> None:
    assert post(orders, f"{S}/orders/{FAILED}/retry") == f"{S}/orders/{FAILED}?said=retry"
    assert asked_for(orders) == [("order_retry", (FAILED,))]


@pytest.mark.parametrize(
    ("mode", "number", "why"),
    [
        (WebOrderMode.POS, BOOKED, "The POS has booked it."),
        (WebOrderMode.POS, 7, "does not count this order"),
        (WebOrderMode.LEDGER, FAILED, "told of no web order"),
        (WebOrderMode.OFF, FAILED, "switched off"),
    ],
)
def test_what_would_do_nothing_is_refused_in_words(
    shop: Shop, mode: WebOrderMode, number: int, why: str
) -> None:
    with_orders(shop, mode=mode)
    answer = post(shop, f"{S}/orders/{number}/retry")
    assert answer.startswith("409")
    assert why in answer
    assert asked_for(shop) == []
    assert "Tell the POS again" not in visit(shop, f"{S}/orders/{number}").text


def seen_ms(page: Seen) -> str:
    return page.values("input[name=seen]", "value")[0]


@pytest.mark.parametrize("mode", [WebOrderMode.POS, WebOrderMode.LEDGER])
@pytest.mark.parametrize(("person", "may"), [(SAM, True), (VERA, False)])
def test_who_may_act_says_that_an_order_was_booked_by_hand(
    shop: Shop, mode: WebOrderMode, person: Person, may: bool
) -> None:
    with_orders(shop, mode=mode)
    page = visit(shop, f"{S}/orders/{FAILED}", person=person)
    assert ("It was booked by hand" in page.texts("button")) == may
    if may:
        told = post(shop, f"{S}/orders/{FAILED}/ack", booked="1", seen=seen_ms(page))
        assert told == f"{S}/orders/{FAILED}?said=ack"
        assert asked_for(shop) == [("order_ack", (FAILED,))]


def test_nothing_ends_without_the_word_that_the_pos_has_taken_it_off(orders: Shop) -> None:
    seen = seen_ms(visit(orders, f"{S}/orders/{FAILED}"))
    assert post(orders, f"{S}/orders/{FAILED}/ack", seen=seen).endswith("?said=not_ticked")
    assert asked_for(orders) == []


@pytest.mark.parametrize("seen", ["", "0", "1", "9" * 40, "²", "<b>"])
def test_an_order_that_changed_since_the_page_was_shown_does_not_end(
    orders: Shop, seen: str
) -> None:
    told = post(orders, f"{S}/orders/{FAILED}/ack", booked="1", seen=seen)
    assert told.startswith("409")
    assert "changed in BigCommerce since this page was shown" in told
    assert asked_for(orders) == []


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (LaneState.BOOKED, "The POS has booked it."),
        (LaneState.BY_HAND, "booked by hand already"),
        (LaneState.IGNORED, "owes the POS nothing"),
    ],
)
def test_what_is_over_is_not_ended_again(orders: Shop, state: LaneState, why: str) -> None:
    number = FIRST + list(LaneState).index(state)
    page = visit(orders, f"{S}/orders/{number}")
    assert "It was booked by hand" not in page.texts("button")
    entry = next(iter(orders.deps.orders.find(SHOP, [WebOrderId(number)])))
    assert isinstance(entry, OrderEntry)
    seen = str(entry.order.modified_ms)
    assert why in post(orders, f"{S}/orders/{number}/ack", booked="1", seen=seen)
    assert asked_for(orders) == []


def test_of_an_order_that_goes_by_itself_nobody_is_asked(shop: Shop) -> None:
    for mode, asks in ((WebOrderMode.POS, False), (WebOrderMode.LEDGER, True)):
        page = visit(with_orders(shop, mode=mode), f"{S}/orders/{FIRST}")
        assert ("It was booked by hand" in page.texts("button")) == asks
        assert "not in the POS twice" not in page.text


def test_a_doubt_about_the_pos_is_said_where_an_order_is_ended(orders: Shop) -> None:
    assert "not in the POS twice" in visit(orders, f"{S}/orders/{FAILED}").text


def test_an_older_order_is_counted(orders: Shop) -> None:
    assert post(orders, f"{S}/orders/take", number=" #231 ") == f"{S}/orders/231?said=take"
    assert asked_for(orders) == [("order_take", (231,))]
    assert "The order is read now" in visit(orders, f"{S}/orders/231", said="take").text


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "1.5", "9" * 40, str(2**53), "²"])
def test_what_names_no_order_is_refused(orders: Shop, number: str) -> None:
    assert post(orders, f"{S}/orders/take", number=number) == f"{S}/orders?said=no_number"
    assert asked_for(orders) == []


def test_switched_off_the_page_says_what_it_is_for_and_how_it_is_switched_on(shop: Shop) -> None:
    shop.connect(a_connection(SHOP, settings=Settings(web_orders=WebOrderMode.OFF)))
    page = visit(shop, f"{S}/orders")
    assert "tillbridge store set web_orders=pos" in page.text
    assert "Count it" not in page.text


def test_an_order_that_nobody_counts_is_not_found(orders: Shop) -> None:
    assert visit(orders, f"{S}/orders/7").answer.status == 404


def test_what_was_oversold_is_listed_and_one_of_it_explained(orders: Shop) -> None:
    page = visit(orders, f"{S}/oversold")
    assert "Mug, blue" in page.text
    assert f"{S}/orders/{FIRST + 1}" in page.values(".items a", "href")
    debt = next(d for d in orders.deps.oversold.latest(SHOP, 9) if d.name == "Mug, blue")
    why = visit(orders, f"{S}/oversold", debt=key_of(debt))
    assert (
        "Cause: sold on the web about 1 s after the shop gave the last free unit away" in why.text
    )
    assert "Would have prevented it: safety_stock=1" in why.text
    assert visit(orders, f"{S}/oversold", debt="x/y/z").answer.status == 200


def test_of_a_debt_without_history_nobody_can_say_why(orders: Shop) -> None:
    debt = next(d for d in orders.deps.oversold.latest(SHOP, 9) if d.name != "Mug, blue")
    page = visit(orders, f"{S}/oversold", debt=key_of(debt))
    assert "nobody can say why" in page.text
