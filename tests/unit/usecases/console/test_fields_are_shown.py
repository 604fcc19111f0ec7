"""Each field of a product's page: both sides' values, what was sent, and how they stand."""

from decimal import Decimal

import pytest

from tests.builders import LANTERN, STORE, a_product
from tests.reconcile_world import ReconcileWorld
from tests.unit.usecases.console.shown_products import (
    DIFFERS,
    NOT_OURS,
    ON_PURPOSE,
    SAME,
    UNKNOWN,
    WAITS,
    a_world,
    field,
    shown,
    values,
    with_modes,
)
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tests.world import World
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.why.names import OURS, THEIRS
from tillbridge.usecases.console.product_shown import FieldState


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


def test_a_value_that_is_held_stays_on_purpose() -> None:
    world = LinkingWorld()
    world.pos.save(a_product())
    number = a_shown(world)
    world.link_by_hand(LANTERN, number)
    world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    found = field(shown(world), "price")
    assert found.state is ON_PURPOSE
    assert "until it is changed in the POS" in found.words
