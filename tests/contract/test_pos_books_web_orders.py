"""What ports.pos_web_orders promises, kept by the fake and by the client on the sandbox POS."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sandbox.pos.faults import FaultPlan
from sandbox.pos.inputs import ProductInput
from sandbox.pos.server import PosServer
from tests.contract.rude_server import a_rude_server, an_answer
from tests.fakes.pos_web_orders import FakePosWebOrders
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.web_orders import PosCloudWebOrders
from tillbridge.adapters.pos_epochs import WebOrdersInEpoch
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.ids import PosProductId, WebLineId, WebOrderId
from tillbridge.domain.versions import epoch_of, version_of
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.booking import Answer
from tillbridge.domain.web_orders.refusal_words import RefusalCode
from tillbridge.domain.web_orders.told import OrderState, Told, ToldLine
from tillbridge.ports.pos_web_orders import (
    Overtaken,
    PosWebOrders,
    Refusal,
    WebOrdersNotOffered,
)

NAME = "bigcommerce:hbr1:1041"
TOKEN = "t"
MUG, PEN = PosProductId("p-mug"), PosProductId("p-pen")


class FakeShop:
    def __init__(self) -> None:
        self.fake = FakePosWebOrders({MUG: 5, PEN: 5})
        self.fake.outlets = {"o-main"}
        self.pos: PosWebOrders = self.fake

    def units(self, product: PosProductId) -> int:
        return self.fake.units[product]

    def people_book_later(self) -> None:
        self.fake.by_person = True

    def people_book(self) -> None:
        self.fake.people_book()

    def void(self) -> None:
        self.fake.correct(NAME, 0)

    def loses_a_reply(self) -> None:
        self.fake.loses = 1

    def is_ahead(self) -> None:
        self.fake.ahead = 1

    def refuses(self, code: RefusalCode) -> None:
        self.fake.refuses = [code]

    def is_down(self) -> None:
        self.fake.fails = [PosDown("The POS cannot be reached: it answered 503.")]

    def does_not_offer_it(self) -> None:
        self.fake.offered = False


class SandboxShop:
    """The sandbox POS; what a retry would cure within the call is repeated for each try."""

    def __init__(self, server: PosServer, pos: PosCloudWebOrders) -> None:
        self.cloud, self.pos = server.cloud, pos
        self.cloud.load([_product(MUG, 5), _product(PEN, 5)])

    def units(self, product: PosProductId) -> int:
        (level,) = [s for s in self.cloud.catalogue.get(product).stock if s.outlet_id == "o-main"]
        return int(level.on_hand)

    def people_book_later(self) -> None:
        self.cloud.set_booking(mode="by_person")

    def people_book(self) -> None:
        self.cloud.book_web_orders()

    def void(self) -> None:
        self.cloud.change_booking(external_id=NAME, units={"1": "0"})

    def loses_a_reply(self) -> None:
        self._plan(web_order_replies_lost=3)

    def is_ahead(self) -> None:
        self._plan(web_order_ahead=1)

    def refuses(self, code: RefusalCode) -> None:
        self._plan(web_order_refusals=[code.value])

    def is_down(self) -> None:
        self._plan(down=True)

    def does_not_offer_it(self) -> None:
        self.cloud.set_booking(mode="not_offered")

    def _plan(self, **faults: Any) -> None:
        self.cloud.faults.set(FaultPlan(**faults))


type Shop = FakeShop | SandboxShop


def _product(product: str, units: int) -> ProductInput:
    stock = {"o-main": str(units)}
    body = {"id": product, "name": product, "sku": product.upper(), "stock": stock}
    return ProductInput.model_validate(body | {"price": "9.90"})


def client_of(url: str, token: str = TOKEN) -> PosCloudWebOrders:
    clock = SystemClock()
    calls = PosCalls(url, lambda _: token, clock, clock.now_ms() + 60_000, new_http_session())
    return PosCloudWebOrders(calls)


@pytest.fixture(params=["fake", "sandbox"])
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    if request.param == "fake":
        yield FakeShop()
        return
    with PosServer() as server:
        yield SandboxShop(server, client_of(server.base_url, server.token))


def a_line(units: int, product: PosProductId | None = MUG, number: int = 1) -> ToldLine:
    holder = Holder(product) if product else None
    price = Decimal("9.90")
    return ToldLine(WebLineId(number), holder, units, "MUG", "Mug", units, 0, price, price)


def told(*lines: ToldLine, revision: int = 1, **overrides: Any) -> Told:
    order = Told(
        revision=revision,
        order=WebOrderId(1041),
        placed_ms=1_700_000_000_000,
        number="1041",
        channel=1,
        channel_name="Web",
        outlet="o-main",
        state=OrderState.OPEN,
        currency="USD",
        payment="Card",
        lines=lines or (a_line(2),),
        extras=(),
        total_inc_tax=Decimal("19.80"),
    )
    return replace(order, **overrides)


def effects(answer: object) -> list[tuple[int | None, str, int]]:
    assert isinstance(answer, Answer)
    return [(each.line, each.product, each.units) for each in answer.effects]


def test_units_are_off_the_stock_once_the_order_is_answered(shop: Shop) -> None:
    answer = shop.pos.tell(NAME, told())
    assert (effects(answer), shop.units(MUG)) == ([(1, MUG, 2)], 3)
    assert isinstance(answer, Answer)
    assert (answer.revision, answer.received) == (1, False)
    assert answer.effects[0].version > 0


def test_the_same_again_books_nothing_more(shop: Shop) -> None:
    first = shop.pos.tell(NAME, told())
    assert shop.pos.tell(NAME, told()) == first
    assert shop.units(MUG) == 3


def test_the_difference_is_booked(shop: Shop) -> None:
    first = shop.pos.tell(NAME, told(a_line(3), a_line(1, PEN, 2)))
    less = shop.pos.tell(NAME, told(a_line(1), a_line(1, PEN, 2), revision=2))
    assert (shop.units(MUG), shop.units(PEN)) == (4, 4)
    assert effects(less) == [(1, MUG, 1), (2, PEN, 1)]
    assert isinstance(first, Answer)
    assert isinstance(less, Answer)
    assert less.effects[0].version > first.effects[0].version
    assert less.effects[1].version == first.effects[1].version


def test_an_older_revision_is_overtaken(shop: Shop) -> None:
    shop.pos.tell(NAME, told(revision=3))
    assert shop.pos.tell(NAME, told(revision=2)) == Overtaken(3)
    shop.is_ahead()
    assert shop.pos.tell(NAME, told(revision=4)) == Overtaken(5)


@pytest.mark.parametrize("code", list(RefusalCode))
def test_a_refusal_says_why_and_books_nothing(code: RefusalCode, shop: Shop) -> None:
    shop.refuses(code)
    refusal = shop.pos.tell(NAME, told())
    assert isinstance(refusal, Refusal)
    assert refusal.code is code
    assert code.value in refusal.said
    assert shop.units(MUG) == 5


def test_a_product_that_is_not_linked_is_named(shop: Shop) -> None:
    refusal = shop.pos.tell(NAME, told(a_line(1, None)))
    assert refusal == Refusal(RefusalCode.UNKNOWN_PRODUCT, "Mug is not a product of this POS")


def test_an_outlet_that_is_not_there_is_closed(shop: Shop) -> None:
    refusal = shop.pos.tell(NAME, told(outlet="o-gone"))
    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.OUTLET_CLOSED


def test_a_lost_reply_may_be_asked_for_again(shop: Shop) -> None:
    shop.loses_a_reply()
    with pytest.raises(PosDown, match="504"):
        shop.pos.tell(NAME, told())
    assert shop.units(MUG) == 3
    assert effects(shop.pos.tell(NAME, told())) == [(1, MUG, 2)]
    assert shop.units(MUG) == 3


def test_a_pos_that_is_down_books_nothing(shop: Shop) -> None:
    shop.is_down()
    with pytest.raises(PosDown):
        shop.pos.tell(NAME, told())
    assert shop.units(MUG) == 5


def test_a_pos_without_this_part_says_so(shop: Shop) -> None:
    shop.does_not_offer_it()
    with pytest.raises(WebOrdersNotOffered):
        shop.pos.tell(NAME, told())
    with pytest.raises(WebOrdersNotOffered):
        shop.pos.booked(0)


def test_what_people_book_later_is_received_and_then_listed(shop: Shop) -> None:
    shop.people_book_later()
    answer = shop.pos.tell(NAME, told())
    assert isinstance(answer, Answer)
    assert (answer.received, answer.effects, shop.units(MUG)) == (True, (), 5)
    first = shop.pos.booked(0)
    assert [(each.external_id, each.answer.received) for each in first.orders] == [(NAME, True)]
    shop.people_book()
    page = shop.pos.booked(first.next_version)
    (listed,) = page.orders
    assert (listed.external_id, effects(listed.answer)) == (NAME, [(1, MUG, 2)])
    assert (listed.answer.received, page.more, shop.units(MUG)) == (False, False, 3)


def test_what_a_clerk_voids_is_listed_as_what_now_stands(shop: Shop) -> None:
    first = shop.pos.tell(NAME, told())
    since = shop.pos.booked(0).next_version
    shop.void()
    (listed,) = shop.pos.booked(since).orders
    assert (effects(listed.answer), shop.units(MUG)) == ([(1, MUG, 0)], 5)
    assert isinstance(first, Answer)
    assert listed.answer.effects[0].version > first.effects[0].version


def test_nothing_new_is_an_empty_page(shop: Shop) -> None:
    shop.pos.tell(NAME, told())
    since = shop.pos.booked(0).next_version
    assert shop.pos.booked(since).orders == ()


def test_versions_stand_within_the_epoch_of_the_account(shop: Shop) -> None:
    third = WebOrdersInEpoch(shop.pos, 3)
    answer = third.tell(NAME, told())
    assert isinstance(answer, Answer)
    assert (answer.epoch, epoch_of(answer.effects[0].version)) == (3, 3)
    page = third.booked(version_of(2, 10**12))
    assert [each.answer.epoch for each in page.orders] == [3]
    assert epoch_of(page.next_version) == 3
    assert third.booked(page.next_version).orders == ()


# --- what only a real answer can be ------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", ["404 Not Found", "405 Method Not Allowed", "501 Not Implemented"]
)
def test_a_pos_without_this_part_is_known_by_the_collection(status: str) -> None:
    with a_rude_server(an_answer(status)) as rude, pytest.raises(WebOrdersNotOffered):
        client_of(rude.url).tell(NAME, told())
    assert [request.split(b" ", 2)[1].partition(b"?")[0] for request in rude.requests] == [
        b"/v1/web-orders/bigcommerce%3Ahbr1%3A1041",
        b"/v1/web-orders",
    ]


def test_an_order_that_the_pos_does_not_find_is_trouble_and_no_missing_part() -> None:
    page = b'{"data":[],"next_version":0,"has_more":false}'
    answers = an_answer("404 Not Found"), an_answer("200 OK", page)
    with a_rude_server(*answers) as rude, pytest.raises(PosDown, match="404"):
        client_of(rude.url).tell(NAME, told())


def test_a_refused_token_is_for_a_person() -> None:
    with a_rude_server(an_answer("401 Unauthorized")) as rude, pytest.raises(NeedsAttention):
        client_of(rude.url).tell(NAME, told())


def test_a_pos_that_throttles_says_how_long_to_wait() -> None:
    answer = an_answer("429 Too Many Requests", b"", "Retry-After: 7")
    with a_rude_server(answer) as rude, pytest.raises(PosDown) as told_to_wait:
        client_of(rude.url).tell(NAME, told())
    assert told_to_wait.value.wait == 7


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"revision":1}',
        b'{"revision":1,"state":"lost"}',
        b'{"revision":0,"state":"booked"}',
        b'{"revision":1,"state":"booked","effects":[{"product_id":"p","version":1,"units":"0.5"}]}',
        b'{"revision":1,"state":"booked","effects":[{"product_id":"p","version":-1,"units":"1"}]}',
        b'{"revision":1,"state":"booked","effects":[{"product_id":"p","version":1,"units":"-1"}]}',
    ],
)
def test_an_answer_that_cannot_be_read_is_asked_for_again(body: bytes) -> None:
    with a_rude_server(an_answer("200 OK", body)) as rude, pytest.raises(PosDown):
        client_of(rude.url).tell(NAME, told())


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        ("422 Unprocessable", b"", "status 422"),
        ("400 Bad Request", b'{"title":"Not JSON."}', "Not JSON"),
        ("409 Conflict", b'{"code":"older_revision"}', "status 409"),
        ("422 Unprocessable", b'{"code":"odd","detail":"Too old."}', "Too old"),
        ("422 Unprocessable", b'{"errors":[{"detail":"A."},{"detail":"B"}]}', "A.; B"),
        ("422 Unprocessable", b'{"detail":"' + b"x" * 999 + b'"}', "x" * 300),
    ],
)
def test_a_refusal_of_whatever_shape_is_told_in_its_words(
    status: str, body: bytes, said: str
) -> None:
    with a_rude_server(an_answer(status, body)) as rude:
        outcome = client_of(rude.url).tell(NAME, told())
    assert outcome == Refusal(RefusalCode.REFUSED, said)


def test_a_listed_order_that_cannot_be_read_hides_no_other() -> None:
    body = b"""{"data":[{"external_id":"x"},{"external_id":"y","revision":1,"state":"booked",
        "version":3,"effects":[{"product_id":"p-mug","version":3,"units":"1"}]}],
        "next_version":3,"has_more":true}"""
    with a_rude_server(an_answer("200 OK", body)) as rude:
        page = client_of(rude.url).booked(0)
    assert ([each.external_id for each in page.orders], page.more) == (["y"], True)
