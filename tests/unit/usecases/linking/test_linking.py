"""Links by hand: made, or refused with what is in the way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_link, a_product, an_intent
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import LinkStatus


def test_two_products_that_exist_are_linked_and_the_pos_is_pushed(world: LinkingWorld) -> None:
    web = a_shown(world)
    world.pos.save(a_product())
    assert world.link_by_hand(LANTERN, web).done
    assert world.link(LANTERN).status is LinkStatus.LINKED
    online = world.web[StoreProductId(web)]
    assert (online.name, online.sku) == ("Storm Lantern", "STORM-LANTERN")
    assert online.fields["price"] == Decimal("39.90")
    assert len(world.web.records.products) == 1


def test_a_link_leaves_it_to_people_which_storefront_shows_the_product(world: LinkingWorld) -> None:
    web = a_shown(world)
    world.pos.save(a_product())
    world.link_by_hand(LANTERN, web)
    assert world.web[StoreProductId(web)].channels == set()
    assert "assign_channel" not in world.writes()


def test_what_a_create_of_ours_left_behind_is_put_on_the_storefront(world: LinkingWorld) -> None:
    web = a_shown(world)
    failed = an_intent(status=LinkStatus.FAILED, name="Lantern (web)", creating_ms=1)
    world.links.failed(STORE, replace(failed, highest_id=StoreProductId(web - 1)))
    world.pos.save(a_product())
    assert world.link_by_hand(LANTERN, web).done
    assert world.web[StoreProductId(web)].channels == {1}


def test_what_was_deleted_before_it_was_on_the_storefront_is_put_there_with_another(
    world: LinkingWorld,
) -> None:
    web = a_shown(world)
    world.links.linked(STORE, a_link("p-deleted", id=web, assigned=False))
    world.pos.save(a_product("p-deleted", deleted=True))
    world.pos.save(a_product())
    assert world.link_by_hand(LANTERN, web).done
    assert world.web[StoreProductId(web)].channels == {1}


def test_asking_again_for_the_same_link_is_no_refusal(world: LinkingWorld) -> None:
    web = a_shown(world)
    world.pos.save(a_product())
    world.link_by_hand(LANTERN, web)
    assert world.link_by_hand(LANTERN, web).done


def test_a_product_that_is_linked_elsewhere_is_refused_with_the_way_out(
    world: LinkingWorld,
) -> None:
    world.linked(a_product())
    other = a_shown(world)
    answer = world.link_by_hand(LANTERN, other)
    assert not answer.done
    assert f"tillbridge unlink {LANTERN}" in answer.words


def test_a_bigcommerce_product_that_is_taken_is_refused_and_names_its_holder(
    world: LinkingWorld,
) -> None:
    world.linked(a_product())
    world.pos.save(a_product("p-other", name="Other", sku="OTHER"))
    answer = world.link_by_hand("p-other", world.link(LANTERN).id)
    assert not answer.done
    assert "'Storm Lantern' (p-lantern)" in answer.words


def test_other_variants_are_refused_saying_how_they_differ(world: LinkingWorld) -> None:
    sizes = [
        {"sku": f"W-{s}", "option_values": [{"option_display_name": "Size", "label": s}]}
        for s in ("M", "L")
    ]
    web = world.web.seed("Jumper (web)", "", variants=sizes).id
    world.pos.save(a_jumper("S", "M"))
    answer = world.link_by_hand(JUMPER, web)
    assert "Only the POS has 'Size: S'." in answer.words
    assert "Only BigCommerce has 'Size: L'." in answer.words
    assert world.links.get(STORE, [PosProductId(JUMPER)]) == {}


def test_variants_are_linked_each_to_its_own(world: LinkingWorld) -> None:
    sizes = [
        {"sku": f"W-{s}", "option_values": [{"option_display_name": "Size", "label": s}]}
        for s in ("M", "S")
    ]
    web = world.web.seed("Jumper (web)", "", variants=sizes)
    world.pos.save(a_jumper("S", "M"))
    assert world.link_by_hand(JUMPER, web.id).done
    assert sorted(v.sku for v in web.variants.values()) == ["JUMPER-M", "JUMPER-S"]


@pytest.mark.parametrize(
    ("product", "web", "words"),
    [("p-nobody", 101, "The POS has no product"), (LANTERN, 999, "BigCommerce has no product")],
)
def test_what_is_not_there_is_named(
    world: LinkingWorld, product: str, web: int, words: str
) -> None:
    world.pos.save(a_product())
    a_shown(world)
    assert words in world.link_by_hand(product, web).words


def test_what_is_being_imported_is_not_linked(world: LinkingWorld) -> None:
    web = a_shown(world)
    world.pos.save(a_product())
    world.links.reserve(STORE, StoreProductId(web))
    assert f"tillbridge import --id {web}" in world.link_by_hand(LANTERN, web).words


def test_a_clash_of_a_push_is_linked_without_naming_the_number(world: LinkingWorld) -> None:
    world.web.seed("Storm Lantern", "OLD")
    world.ask(a_product())
    world.push_until_quiet()
    assert world.link(LANTERN).status is LinkStatus.FAILED
    assert world.link_by_hand(LANTERN).done
    assert world.link(LANTERN).status is LinkStatus.LINKED
    assert len(world.web.records.products) == 1


def test_when_the_holders_pos_product_is_deleted_the_link_moves(world: LinkingWorld) -> None:
    world.linked(a_product())
    web = world.link(LANTERN).id
    world.happens("product.saved", replace(a_product(), version=2, deleted=True))
    world.push_until_quiet()
    world.pos.save(a_product("p-new", name="Storm Lantern", sku="NEW"))
    assert world.link_by_hand("p-new", web).done
    assert world.link("p-new").id == web
    assert world.links.get(STORE, [LANTERN]) == {}
    assert len(world.web.records.products) == 1


def test_a_broken_link_is_mended_by_linking_to_another_product(world: LinkingWorld) -> None:
    world.linked(a_product())
    world.links.failed(STORE, a_link(id=world.link(LANTERN).id, status=LinkStatus.BROKEN))
    web = a_shown(world)
    assert world.link_by_hand(LANTERN, web).done
    assert world.link(LANTERN).id == web


def test_a_product_that_once_came_in_keeps_bigcommerces_sku_when_it_is_linked_again(
    world: LinkingWorld,
) -> None:
    web = a_shown(world)
    world.pos.save(a_product(sku="P0009RGJ", product_number="WEB-LANTERN"))
    assert world.link_by_hand(LANTERN, web).done
    online = world.web[StoreProductId(web)]
    assert (online.name, online.sku) == ("Storm Lantern", "WEB-LANTERN")


def test_a_product_that_shows_again_is_linked_again(world: LinkingWorld) -> None:
    world.linked(a_product())
    number = world.link(LANTERN).id
    assert number is not None
    there = world.web.records.products.pop(number)
    world.happens("product.saved", a_product(version=2, price=Decimal(9)))
    world.push_until_quiet()
    assert world.link(LANTERN).status is LinkStatus.BROKEN
    world.web.records.products[number] = there
    assert world.link_by_hand(LANTERN, number).done
    assert world.link(LANTERN).status is LinkStatus.LINKED
    assert world.web[number].fields["price"] == 9


def test_a_holder_that_one_answer_of_the_pos_leaves_out_keeps_its_link(
    world: LinkingWorld,
) -> None:
    world.linked(a_product())
    web = world.link(LANTERN).id
    assert web is not None
    world.pos.save(a_product("p-new", name="Storm Lantern", sku="NEW"))
    world.pos.leave_out(PosProductId(LANTERN), times=5)
    answer = world.link_by_hand("p-new", web)
    assert not answer.done
    assert f"tillbridge unlink {LANTERN}" in answer.words
    assert world.link(LANTERN).id == web
