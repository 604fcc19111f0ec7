"""Undoing a link by hand: what the first push replaced comes back."""

from decimal import Decimal

import pytest

from tests.builders import JUMPER, LANTERN, a_jumper, a_product
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tillbridge.domain.errors import Refused, StoreDown, TillbridgeError
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequestKind


def test_undo_brings_back_what_the_first_push_replaced_and_holds_it(world: LinkingWorld) -> None:
    web = a_shown(world)
    world.pos.save(a_product(description=""))
    world.link_by_hand(LANTERN, web)
    online = world.web[StoreProductId(web)]
    assert online.fields["description"] == ""
    (answer,) = world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    assert answer.done
    assert (online.name, online.sku) == ("Lantern (web)", "WEB-LANTERN")
    assert online.fields["description"] == "<b>Ours</b>"
    world.happens("product.saved", a_product(version=2, description="", price=Decimal(41)))
    world.push_until_quiet()
    assert online.fields["description"] == "<b>Ours</b>"
    assert online.fields["price"] == Decimal(41)
    assert online.name == "Lantern (web)"


@pytest.mark.parametrize("ignores", [(), ("upc",), ("price", "cost_price")])
def test_undo_brings_back_what_a_batch_of_variants_ignores(
    world: LinkingWorld, ignores: tuple[str, ...]
) -> None:
    world.web.batch_ignores = frozenset(ignores)
    theirs = {"upc": "036000291452", "price": Decimal(55), "cost_price": Decimal(5)}
    option_values = [{"option_display_name": "Size", "label": "S"}]
    sizes = [{"sku": "W-S", "option_values": option_values, **theirs}]
    web = world.web.seed("Jumper (web)", "", variants=sizes)
    world.pos.save(a_jumper("S"))
    assert world.link_by_hand(JUMPER, web.id).done
    (variant,) = web.variants.values()
    assert not variant.fields["upc"]
    (answer,) = world.people_ask(LinkRequestKind.UNDO, (JUMPER, None))
    assert answer.done
    (variant,) = web.variants.values()
    assert {name: variant.fields[name] for name in theirs} == theirs


def test_what_was_never_linked_by_hand_has_nothing_to_undo(world: LinkingWorld) -> None:
    world.linked(a_product())
    (answer,) = world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    assert not answer.done
    assert "90 days" in answer.words


def test_an_undo_hides_no_failure(world: LinkingWorld) -> None:
    number = a_shown(world)
    world.pos.save(a_product())
    assert world.link_by_hand(LANTERN, number).done
    world.happens("product.saved", a_product(version=5, price=Decimal(-1)))
    world.push_until_quiet()
    assert world.link(LANTERN).status is LinkStatus.FAILED
    world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    link = world.link(LANTERN)
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert link.problem.code == "price_negative"


@pytest.mark.parametrize("trouble", [StoreDown("500"), Refused(422, "not liked")], ids=str)
@pytest.mark.parametrize("applied", [False, True], ids=["not applied", "applied"])
def test_an_undo_that_fails_holds_nothing_and_the_pos_is_pushed(
    world: LinkingWorld, trouble: TillbridgeError, applied: bool
) -> None:
    web = a_shown(world)
    online = world.web[StoreProductId(web)]
    world.pos.save(a_product(price=Decimal(10)))
    world.link_by_hand(LANTERN, web)
    world.web.fail_next("update_products", trouble, applied=applied)
    (answer,) = world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))
    assert not answer.done
    assert (world.link(LANTERN).held, world.link(LANTERN).name) == ({}, "Storm Lantern")
    assert (online.name, online.fields["price"]) == ("Storm Lantern", Decimal(10))
    assert not world.pending.rows
