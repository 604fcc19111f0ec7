"""What is promised of people's requests about links, and of what first pushes replaced."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.builders import JUMPER, LANTERN, STORE
from tests.contract.ports.conftest import MakeTable
from tests.fakes.clock import FakeClock
from tests.fakes.link_asks import FakeLinkAsks
from tests.fakes.replaced import FakeReplaced
from tillbridge.adapters.dynamodb.link_asks import DynamoLinkAsks
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.domain.ids import StoreId, StoreProductId, StoreVariantId
from tillbridge.domain.link_asks import AskKind, LinkAnswer, LinkAsk
from tillbridge.domain.web_product import WebImage, WebProduct, WebVariant
from tillbridge.ports.link_asks import LinkAsks
from tillbridge.ports.replaced import Replaced

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

WEB = StoreProductId(101)
BOTH = ((LANTERN, WEB), (JUMPER, None))


@pytest.fixture(params=["fake", "dynamodb"])
def asks(request: pytest.FixtureRequest) -> LinkAsks:
    if request.param == "fake":
        return FakeLinkAsks()
    make: MakeTable = request.getfixturevalue("make_table")
    return DynamoLinkAsks(request.getfixturevalue("dynamodb"), make("StoresTable"), FakeClock())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["fake", "dynamodb"])
def replaced(request: pytest.FixtureRequest, clock: FakeClock) -> Replaced:
    if request.param == "fake":
        return FakeReplaced()
    make: MakeTable = request.getfixturevalue("make_table")
    return DynamoReplaced(request.getfixturevalue("dynamodb"), make("StoresTable"), clock)


def an_ask(request: str = "ask-1", asked_ms: int = 1, store: StoreId = STORE) -> LinkAsk:
    return LinkAsk(request, store, AskKind.LINK, BOTH, asked_ms)


def test_requests_wait_oldest_first_each_for_its_store(asks: LinkAsks) -> None:
    asks.put(an_ask("late", 20))
    asks.put(an_ask("early", 3))
    asks.put(an_ask("other", 1, StoreId("other")))
    assert asks.waiting(STORE) == [an_ask("early", 3), an_ask("late", 20)]


def test_the_same_event_twice_is_one_request(asks: LinkAsks) -> None:
    asks.put(an_ask())
    asks.put(an_ask())
    assert asks.waiting(STORE) == [an_ask()]


def test_an_answered_request_waits_no_more_and_is_not_asked_again(asks: LinkAsks) -> None:
    asks.put(an_ask())
    answers = [
        LinkAnswer(LANTERN, WEB, done=True),
        LinkAnswer(JUMPER, None, done=False, words="no"),
    ]
    asks.answer(an_ask(), answers)
    asks.answer(an_ask(), answers)
    asks.put(an_ask())
    assert asks.waiting(STORE) == []
    if isinstance(asks, DynamoLinkAsks):
        assert asks.answers(STORE, "ask-1") == answers


def test_an_unanswered_request_has_no_answer(asks: LinkAsks) -> None:
    asks.put(an_ask())
    if isinstance(asks, DynamoLinkAsks):
        assert asks.answers(STORE, "ask-1") is None


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
