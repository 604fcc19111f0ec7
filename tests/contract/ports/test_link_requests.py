"""What the ports of link requests and of replaced values promise."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import JUMPER, LANTERN, STORE
from tests.contract.ports.conftest import MakeTable
from tests.fakes.clock import FakeClock
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.pending import FakePending
from tests.fakes.replaced import FakeReplaced
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, StoreVariantId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest, LinkRequestKind, UndoOf
from tillbridge.domain.web_product import WebImage, WebProduct, WebVariant
from tillbridge.ports.link_requests import LinkRequests
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.replaced import Replaced

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

WEB = StoreProductId(101)
DONE = LinkAnswer(LANTERN, WEB, done=True)


@pytest.fixture(params=["fake", "dynamodb"])
def requests(request: pytest.FixtureRequest) -> LinkRequests:
    if request.param == "fake":
        return FakeLinkRequests()
    make: MakeTable = request.getfixturevalue("make_table")
    dynamodb = request.getfixturevalue("dynamodb")
    pending, kept, history = map(make, ("PendingTable", "StoresTable", "HistoryTable"))
    return DynamoLinkRequests(dynamodb, pending, kept, history, FakeClock())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["fake", "dynamodb"])
def replaced(request: pytest.FixtureRequest, clock: FakeClock) -> Replaced:
    if request.param == "fake":
        return FakeReplaced()
    make: MakeTable = request.getfixturevalue("make_table")
    return DynamoReplaced(request.getfixturevalue("dynamodb"), make("StoresTable"), clock)


def a_request(id_: str = "request-1", place: int = 0, **changes: Any) -> LinkRequest:
    usual: dict[str, Any] = {
        "store": STORE,
        "kind": LinkRequestKind.LINK,
        "product": LANTERN,
        "web": WEB,
        "order": 1,
    }
    return LinkRequest(id_, place, **(usual | changes))


def test_who_asked_and_in_which_request_is_kept(requests: LinkRequests) -> None:
    requests.put([a_request(by="mina", job="j-1")])
    assert [(each.by, each.job) for each in requests.waiting(STORE, 1)] == [("mina", "j-1")]


def test_requests_wait_in_the_order_of_arrival_each_for_its_store(requests: LinkRequests) -> None:
    late, early = a_request("a-late", order=20), a_request("b-early", order=3)
    requests.put([late, early, a_request("other", store=StoreId("other"))])
    assert requests.waiting(STORE, 10) == [early, late]
    assert requests.waiting(STORE, 1) == [early]


@pytest.mark.parametrize("kind", ["fake", "dynamodb"])
def test_a_look_at_the_lanes_of_pending_rows_shows_that_a_request_waits(
    request: pytest.FixtureRequest, kind: str
) -> None:
    in_memory = FakeLinkRequests()
    requests: LinkRequests = in_memory
    pending: PendingRows = FakePending(in_memory)
    if kind == "dynamodb":
        make: MakeTable = request.getfixturevalue("make_table")
        dynamodb, table = request.getfixturevalue("dynamodb"), make("PendingTable")
        requests = DynamoLinkRequests(dynamodb, table, make("StoresTable"), table, FakeClock())
        pending = DynamoPending(dynamodb, table)
    assert pending.look(STORE, 1_000).oldest == {}
    requests.put([a_request(order=8), a_request("2", product=JUMPER, order=7)])
    assert pending.look(STORE, 1_000).oldest == {Lane.LINKS: 7}
    for waiting in requests.waiting(STORE, 2):
        requests.answer(waiting, DONE)
    assert pending.look(STORE, 1_000).oldest == {}


def test_the_products_that_waiting_requests_name_are_told(requests: LinkRequests) -> None:
    assert requests.named(STORE) == set()
    first = a_request(place=0)
    requests.put([first, a_request(place=1, product=JUMPER), a_request("2", product=JUMPER)])
    assert requests.named(STORE) == {LANTERN, JUMPER}
    requests.answer(first, DONE)
    assert requests.named(STORE) == {JUMPER}


def test_products_of_one_request_wait_each_in_a_row_of_its_own(requests: LinkRequests) -> None:
    both = [
        a_request(place=0, order=1),
        a_request(place=1, product=JUMPER, web=None, order=2),
    ]
    requests.put(both)
    assert requests.waiting(STORE, 10) == both
    requests.answer(both[0], DONE)
    assert requests.waiting(STORE, 10) == both[1:]


def test_a_product_that_one_request_names_twice_has_two_rows(requests: LinkRequests) -> None:
    twice = [a_request(place=place, order=place) for place in range(2)]
    requests.put(twice)
    assert requests.waiting(STORE, 10) == twice


def test_a_request_says_what_it_undoes(requests: LinkRequests) -> None:
    undoes = UndoOf("the-job", ("name", "price"), hides=True)
    asked = a_request("undo", 0, kind=LinkRequestKind.UNDO, undoes=undoes)
    requests.put([asked])
    assert [each.undoes for each in requests.waiting(STORE, 9)] == [undoes]


def test_the_same_request_twice_is_one_and_keeps_its_place_in_the_order(
    requests: LinkRequests,
) -> None:
    requests.put([a_request(order=1), a_request("request-2", order=2)])
    requests.put([a_request(order=3)])
    assert [(r.id, r.order) for r in requests.waiting(STORE, 10)] == [
        ("request-1", 1),
        ("request-2", 2),
    ]


def test_an_answered_request_waits_no_more_and_stays_answered(requests: LinkRequests) -> None:
    requests.put([a_request()])
    requests.answer(a_request(), DONE)
    requests.answer(a_request(), DONE)
    requests.put([a_request(order=9)])
    assert requests.waiting(STORE, 10) == []


def test_requests_that_came_again_after_their_answers_hide_no_other(
    requests: LinkRequests,
) -> None:
    old = [a_request(f"old-{number}", order=number) for number in range(3)]
    for request in old:
        requests.answer(request, DONE)
    requests.put([*old, a_request("new", order=9)])
    assert [request.id for request in requests.waiting(STORE, 2)] == ["new"]


def test_the_longest_ids_fit_into_a_row(requests: LinkRequests) -> None:
    long = a_request("\U0001f6d2" * 64, product=PosProductId("\U0001f6d2" * 255))
    requests.put([long])
    assert requests.waiting(STORE, 10) == [long]
    requests.answer(long, DONE)
    assert requests.waiting(STORE, 10) == []


def test_what_is_told_of_an_answer_is_kept_with_it(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    pending, kept, history = map(make_table, ("PendingTable", "StoresTable", "HistoryTable"))
    requests = DynamoLinkRequests(dynamodb, pending, kept, history, FakeClock())
    line = ProductLine(1_795_262_400_123, LANTERN, Did.LINKED, job="j-1", web=WEB, outcome=True)
    requests.answer(a_request(), DONE, line)
    told = DynamoHistory(dynamodb, history).newest(STORE, LANTERN)
    assert list(told) == [line]


def test_answers_come_in_the_order_in_which_the_request_named_products(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    pending, kept, history = map(make_table, ("PendingTable", "StoresTable", "HistoryTable"))
    requests = DynamoLinkRequests(dynamodb, pending, kept, history, FakeClock())
    refused = LinkAnswer(JUMPER, None, done=False, words="no")
    requests.answer(a_request(place=1), refused)
    assert requests.answers(STORE, "request-1") == [refused]
    requests.answer(a_request(place=0), DONE)
    requests.answer(a_request("request-12"), DONE)
    assert requests.answers(STORE, "request-1") == [DONE, refused]
    assert requests.answers(STORE, "request-0") == []


def test_what_was_replaced_comes_back_as_it_was(replaced: Replaced) -> None:
    before = WebProduct(
        id=WEB,
        name="Lantern № 1",
        description="<p>ours</p>" * 5_000,
        price=Decimal("55.5"),
        images=(WebImage(3, "https://shop.example/3.jpg"),),
        variants=(WebVariant(StoreVariantId(7), "L-S", (("Size", "S"),), Decimal(3)),),
    )
    assert replaced.find(STORE, LANTERN) is None
    replaced.keep(STORE, LANTERN, before)
    assert replaced.find(STORE, LANTERN) == before


def test_after_ninety_days_it_is_gone(
    dynamodb: "DynamoDBClient", make_table: MakeTable, clock: FakeClock
) -> None:
    replaced = DynamoReplaced(dynamodb, make_table("StoresTable"), clock)
    replaced.keep(STORE, LANTERN, WebProduct(WEB, "Lantern"))
    clock.advance(89 * 86_400)
    assert replaced.find(STORE, LANTERN) is not None
    clock.advance(86_400)
    assert replaced.find(STORE, LANTERN) is None
