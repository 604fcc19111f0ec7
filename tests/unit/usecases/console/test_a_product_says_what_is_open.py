"""What a product's page tells beside its values: promises of the web, what can be undone, and doubts."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tests.builders import LANTERN, STORE, a_product, some_stock
from tests.unit.usecases.console.shown_products import SAME, a_world, field, shown, values
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tests.world import World
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.ids import PosProductId, StoreId, WebLineId, WebOrderId
from tillbridge.domain.link import Doubt, Part
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.web_orders.accounts import Holder, LineAccount


class Owed:
    """What web orders owe, or why nobody knows."""

    def __init__(self, *accounts: LineAccount, odd: Exception | None = None) -> None:
        self._accounts, self._odd = accounts, odd

    def of(self, _: StoreId) -> Sequence[LineAccount]:
        if self._odd:
            raise self._odd
        return self._accounts


def with_web_orders(world: World) -> None:
    settings = replace(world.connection.settings, web_orders=WebOrderMode.LEDGER)
    world.connection = replace(world.connection, settings=settings)
    world.stores.save_connection(world.connection)


def an_account(order: int, units: int, product: str = LANTERN) -> LineAccount:
    holder = Holder(PosProductId(product))
    return LineAccount(WebOrderId(order), WebLineId(1), holder, units)


def test_what_the_web_was_promised_is_told() -> None:
    world = a_world(stock=(some_stock(9),))
    owed = Owed(an_account(77, 2), an_account(78, 1), an_account(79, 5, "p-9"))
    assert shown(world, open_lines=owed).promised == "", "no order is read"
    with_web_orders(world)
    page = shown(world, open_lines=owed)
    assert page.level is not None
    assert page.level.promised == 3
    assert page.promised == (
        "On hand 9, promised on the web 3: orders 77, 78, not booked; online 9."
    )


def test_an_order_that_cannot_be_read_is_told_and_hides_nothing_else() -> None:
    world = a_world()
    with_web_orders(world)
    odd = NeedsAttention(AttentionCode.ORDER_UNREADABLE, "An order cannot be read.")
    page = shown(world, open_lines=Owed(odd=odd))
    assert page.promised == "An order cannot be read."
    assert values(page, "name")[2] is SAME


def test_the_push_of_a_person_that_replaced_a_value_can_be_undone_beside_it() -> None:
    world = a_world()
    assert (field(shown(world), "price").undo_of, shown(world).undo_of) == ("", "")
    world.ask(a_product(brand="Harbour", price=Decimal("45.00")), job="job-1")
    world.push_until_quiet()
    assert field(shown(world), "price").undo_of == "mina"
    assert field(shown(world), "name").undo_of == "", "it was sent as it was"
    assert shown(world).undo_of == "mina"
    world.clock.advance(60)
    later = a_product(brand="Harbour", price=Decimal("46.00"), version=99)
    world.happens("product.saved", later)
    world.push_until_quiet()
    assert field(shown(world), "price").undo_of == "", "the till changed it since"


def test_an_unlinked_product_knows_what_it_was_linked_to() -> None:
    world = LinkingWorld()
    world.pos.save(a_product())
    number = a_shown(world)
    world.link_by_hand(LANTERN, number)
    assert (shown(world).number, shown(world).linked_to) == (number, 0)
    world.people_ask(LinkRequestKind.UNLINK, (LANTERN, None))
    assert (shown(world).number, shown(world).linked_to) == (None, number)


def test_what_is_not_certain_online_is_said_until_it_is() -> None:
    world = a_world()
    assert shown(world).unsure == ""
    link = replace(world.link(LANTERN), doubts={Part.STOCK: Doubt(1_000, 2_000)})
    world.links.linked(STORE, link)
    assert shown(world).unsure.startswith("Not certain online: its stock.")
