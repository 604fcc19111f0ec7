"""A product as its page shows it: both sides of each field, and how they stand."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_product, some_stock
from tests.console_deps import console_deps
from tests.import_world import ImportWorld
from tests.reconcile_world import ReconcileWorld
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tests.world import World
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.errors import NeedsAttention, UnknownStore
from tillbridge.domain.field_policy import DEFAULT_MODES, FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Doubt, Part
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.web_orders.accounts import Holder, LineAccount
from tillbridge.domain.why.names import OURS, THEIRS
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.product_shown import (
    FieldShown,
    FieldState,
    ProductShown,
    VariantShown,
)
from tillbridge.usecases.console.show_product import show_product, show_web_product

PRODUCT = PosProductId(LANTERN)
SAME, DIFFERS, WAITS = FieldState.SAME, FieldState.DIFFERS, FieldState.WAITS
ON_PURPOSE, NOT_OURS, UNKNOWN = (
    FieldState.ON_PURPOSE,
    FieldState.NOT_OURS,
    FieldState.UNKNOWN,
)


def deps_of(world: World, **more: Any) -> ConsoleDeps:
    runs = {"runs": world.runs} if isinstance(world, ReconcileWorld) else {}
    ports = {
        "stores": world.stores,
        "views": world.read_model,
        "links": world.links,
        "pending": world.pending,
        "history": world.history,
        "open_lines": world.order_book,
        "clock": world.clock,
    }
    return console_deps(**{**ports, **runs, **more})


def shown(world: World, product: str = LANTERN, **more: Any) -> ProductShown:
    found = show_product(deps_of(world, **more), STORE, PosProductId(product))
    assert found is not None
    return found


def field(of: ProductShown | VariantShown, label: str) -> FieldShown:
    [found] = [each for each in of.fields if each.label == label]
    return found


def values(
    of: ProductShown | VariantShown, label: str
) -> tuple[str | None, str | None, FieldState]:
    found = field(of, label)
    return found.pos, found.online, found.state


def a_world(**of_product: Any) -> ReconcileWorld:
    world = ReconcileWorld()
    world.linked(a_product(brand="Harbour", condition="New", type="physical", **of_product))
    world.reconcile()
    return world


def with_modes(world: World, **modes: Mode) -> None:
    policy = FieldPolicy({**DEFAULT_MODES, **{Field(name): mode for name, mode in modes.items()}})
    world.connection = replace(
        world.connection, settings=replace(world.connection.settings, fields=policy)
    )
    world.stores.save_connection(world.connection)


def test_fields_come_in_the_order_of_their_names_and_agree_after_a_push() -> None:
    page = shown(a_world())
    assert [each.label for each in page.fields] == [each.label for each in (*OURS, *THEIRS)]
    states = {each.label: each.state for each in page.fields}
    assert {states[each.label] for each in OURS} - {UNKNOWN} == {SAME}
    assert [label for label, state in states.items() if state is UNKNOWN] == ["categories"]
    assert {states[each.label] for each in THEIRS} == {NOT_OURS}
    assert values(page, "price") == ("39.90", "39.90", SAME)
    assert values(page, "visibility") == ("shown", "shown", SAME)
    assert values(page, "brand") == ("Harbour", "Harbour", SAME)


def test_what_was_sent_last_and_when_comes_from_history() -> None:
    world = a_world()
    world.clock.advance(60)
    world.happens("product.saved", a_product(version=2, brand="Harbour", price=Decimal("5.50")))
    world.push_until_quiet()
    price, name = field(shown(world), "price"), field(shown(world), "name")
    assert (price.sent, name.sent) == ("5.50", "Storm Lantern")
    assert price.sent_ms > name.sent_ms > 0


def test_without_history_the_link_says_what_was_sent() -> None:
    page = shown(a_world(), history=World().history)
    assert (field(page, "name").sent, field(page, "name").sent_ms) == ("Storm Lantern", 0)
    assert field(page, "visibility").sent == "shown"
    assert (field(page, "stock").sent, field(page, "price").sent) == ("3", None)


def test_an_edit_online_differs_until_a_push_waits_or_somebody_accepts_it() -> None:
    world = a_world()
    world.online(LANTERN).fields["price"] = Decimal("14.50")
    run = world.reconcile()
    [price] = [each for found in world.runs.findings(STORE, run) for each in found.differences]
    assert values(shown(world), "price") == ("39.90", "14.50", DIFFERS)
    drift = field(shown(world), "price").drift
    assert drift is not None
    assert (drift.place, drift.digest) == (price.place, price.digest), "what a run would accept"
    said = Accepted(price.digest, "Olivia", 5, why="A sale")
    world.runs.accept(STORE, LANTERN, {price.place: said})
    assert values(shown(world), "price")[2] is ON_PURPOSE
    assert (field(shown(world), "price").accepted, field(shown(world), "price").drift) == (
        said,
        None,
    )
    world.ask(a_product(brand="Harbour"))
    assert values(shown(world), "price")[2] is WAITS
    assert values(shown(world), "name")[2] is SAME
    world.push_until_quiet()
    assert values(shown(world), "price") == ("39.90", "39.90", SAME)


def test_what_was_accepted_differs_again_once_either_side_changes() -> None:
    world = a_world()
    world.online(LANTERN).fields["description"] = "<p>Edited</p>" + "x" * 3_000
    run = world.reconcile()
    [edited] = [each for found in world.runs.findings(STORE, run) for each in found.differences]
    world.runs.accept(STORE, LANTERN, {edited.place: Accepted(edited.digest)})
    assert field(shown(world), "description").state is ON_PURPOSE
    world.online(LANTERN).fields["description"] = "<p>Edited</p>" + "x" * 3_001
    world.reconcile()
    found = field(shown(world), "description")
    assert found.state is DIFFERS
    assert found.online is not None
    assert len(found.online) == 2_000
    assert "BigCommerce's has 3,014 characters" in found.words


@pytest.mark.parametrize(
    ("mode", "asked", "state"),
    [
        (Mode.OFF, False, ON_PURPOSE),
        (Mode.CREATE, True, ON_PURPOSE),
        (Mode.MANUAL, False, ON_PURPOSE),
        (Mode.MANUAL, True, WAITS),
        (Mode.ON, False, DIFFERS),
    ],
    ids=str,
)
def test_the_setting_may_keep_bigcommerces(mode: Mode, asked: bool, state: FieldState) -> None:
    world = a_world()
    world.online(LANTERN).fields["price"] = Decimal("14.50")
    world.reconcile()
    with_modes(world, price=mode)
    if asked:
        world.ask(a_product(brand="Harbour"))
    found = field(shown(world), "price")
    assert (found.state, found.mode) == (state, mode)


def test_values_are_the_same_where_bigcommerce_takes_them_for_the_same() -> None:
    world = a_world(description="<p>Burns</p>\r\n", mpn=" M-1 ")
    world.online(LANTERN).fields["description"] = "<p>Burns</p>"
    world.reconcile()
    page = shown(world)
    assert field(page, "description").state is SAME
    assert values(page, "manufacturer part number") == ("M-1", "M-1", SAME)
    assert field(page, "description").words == ""


def test_a_description_that_is_formatted_on_one_side_alone_says_so() -> None:
    world = a_world(description="Burns all night")
    world.online(LANTERN).fields["description"] = "<b>Burns</b> all night"
    world.reconcile()
    found = field(shown(world), "description")
    assert found.state is DIFFERS
    assert found.words == "BigCommerce's is formatted, the other is not."


def test_what_bigcommerce_cannot_be_without_is_its_own_where_the_pos_has_none() -> None:
    world = ReconcileWorld()
    world.linked(a_product())
    world.reconcile()
    found = field(shown(world), "condition")
    assert (found.pos, found.online, found.state) == ("", "New", NOT_OURS)
    assert (found.mode, found.words[:16]) == (Mode.ON, "The POS has none")


def test_visibility_is_decided_online_until_the_pos_changes_it() -> None:
    world = a_world()
    world.online(LANTERN).fields["is_visible"] = False
    world.reconcile()
    assert values(shown(world), "visibility") == ("shown", "hidden", ON_PURPOSE)


def test_what_the_pos_does_not_say_is_unknown() -> None:
    page = shown(a_world(unknown=frozenset({"mpn"})))
    found = field(page, "manufacturer part number")
    assert (found.pos, found.state) == (None, UNKNOWN)


def test_a_product_of_one_side_shows_that_side() -> None:
    world = ReconcileWorld()
    world.pos.save(a_product())
    stranger = world.web.seed("Stranger")
    world.reconcile()
    page = shown(world)
    assert (page.number, page.web, page.web_seen_ms) == (None, None, 0)
    assert values(page, "name") == ("Storm Lantern", None, UNKNOWN)
    web = show_web_product(deps_of(world), STORE, stranger.id)
    assert web is not None
    assert (web.product, web.pos, web.pos_seen_ms) == (None, None, 0)
    assert values(web, "name") == (None, "Stranger", UNKNOWN)
    assert web.name == "Stranger"


def test_a_linked_product_is_the_same_from_either_side() -> None:
    world = a_world()
    number = world.link(LANTERN).id
    assert number is not None
    assert show_web_product(deps_of(world), STORE, number) == shown(world)


def test_nothing_is_shown_of_what_nobody_knows() -> None:
    deps = deps_of(a_world())
    assert show_product(deps, STORE, PosProductId("p-9")) is None
    assert show_web_product(deps, STORE, StoreProductId(9_999)) is None
    with pytest.raises(UnknownStore):
        show_product(deps, StoreId("nowhere"), PRODUCT)


def test_sizes_are_told_one_by_one_with_their_stock() -> None:
    world = ReconcileWorld()
    world.linked(a_jumper("S", "M"))
    world.reconcile()
    page = shown(world, JUMPER)
    assert [each.name for each in page.variants] == ["Size S", "Size M"]
    assert page.level is None
    first = page.variants[0]
    assert first.level is not None
    assert first.level.level == first.level.online == first.level.on_hand
    assert values(first, "SKU")[2] is SAME
    assert values(first, "stock")[2] is SAME
    assert field(first, "SKU").place == f"sku@{first.variant}"
    assert field(first, "price").words == "Its price is the product's."
    online = world.online(JUMPER)
    assert first.number in online.variants
    edited = next(each for each in online.variants.values() if each.id == first.number)
    edited.fields["price"] = Decimal("7.00")
    world.reconcile()
    first, second = shown(world, JUMPER).variants
    assert values(first, "price") == ("", "7.00", DIFFERS)
    assert values(second, "price")[2] is SAME


def test_levels_are_told_with_what_is_kept_back() -> None:
    world = ReconcileWorld()
    settings = replace(world.connection.settings, safety_stock=2)
    world.connection = replace(world.connection, settings=settings)
    world.stores.save_connection(world.connection)
    world.linked(a_product(stock=(some_stock(7),)))
    level = shown(world).level
    assert level is not None
    assert (level.on_hand, level.kept_back, level.level, level.online) == (7, 2, 5, 5)
    assert (level.promised, shown(world).promised) == (0, "")
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(6),)))
    assert [each.lane for each in shown(world).waiting] == [Lane.STOCK, Lane.CONTENT]
    assert shown(world).waiting[0].because == ("sale.completed",)


def test_a_product_that_came_in_by_an_import_sends_its_product_number_as_sku() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP")
    world.ask_for(lamp)
    world.import_until_quiet()
    product = world.links.holders(STORE, [lamp.id])[lamp.id]
    page = shown(world, product)
    assert values(page, "SKU") == ("LMP", "LMP", SAME)
    assert field(page, "name").sent is None


def test_a_value_that_is_held_stays_on_purpose() -> None:
    world = LinkingWorld()
    world.pos.save(a_product())
    number = a_shown(world)
    world.link_by_hand(LANTERN, number)
    world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    found = field(shown(world), "price")
    assert found.state is ON_PURPOSE
    assert "until it is changed in the POS" in found.words


@pytest.mark.parametrize(
    "odd",
    [
        {"description": "what"},
        {"description": {"form": "x"}},
        {"price": "dear"},
        {"barcodes": []},
        {"images": 7},
    ],
    ids=str,
)
def test_a_detail_of_which_no_record_can_be_made_is_as_if_it_were_not_there(
    odd: dict[str, Any],
) -> None:
    world = a_world()
    keys = [("pos", LANTERN), ("web", str(world.link(LANTERN).id))]
    for key, detail in world.read_model.details(STORE, keys).items():
        spoilt = replace(detail, values={**detail.values, **odd})
        world.read_model._details[STORE, *key] = spoilt
    page = shown(world)
    assert values(page, "name") == (None, None, UNKNOWN) or "price" not in odd
    assert page.pos is not None
    assert field(page, "name").sent == "Storm Lantern"
    assert field(page, "price").state in (UNKNOWN, SAME)


def test_of_a_product_that_was_deleted_online_nothing_is_the_same() -> None:
    world = a_world()
    number = world.link(LANTERN).id
    assert number is not None
    world.web.remove(number)
    world.happens("product.saved", a_product(version=2, price=Decimal(5)))
    world.push_until_quiet()
    page = shown(world)
    assert {each.state for each in page.fields} == {UNKNOWN, NOT_OURS}


def test_a_deleted_product_waits_to_be_hidden() -> None:
    world = a_world()
    world.happens("product.saved", a_product(version=2, deleted=True))
    world.push_until_quiet()
    page = shown(world)
    assert values(page, "visibility") == ("hidden", "hidden", SAME)
    assert field(page, "price").state is UNKNOWN
    assert page.pos is not None
    assert page.pos.deleted


def test_times_say_when_each_side_was_read() -> None:
    world = a_world()
    page = shown(world)
    assert (
        page.pos_seen_ms
        >= world.read_model.details(STORE, [("pos", LANTERN)])["pos", LANTERN].seen_ms
        > 0
    )
    assert page.web_seen_ms > 0


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
