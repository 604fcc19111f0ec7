"""Links by hand: made, refused with what is in the way, removed, and what they replaced undone."""

from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_link, a_product
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.faults import Faults
from tests.world import World
from tillbridge.domain.errors import Refused, StoreDown, TillbridgeError
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkAnswer, LinkEvent, LinkRequestKind
from tillbridge.ports.store_catalogue import Page


class LinkingWorld(World):
    """The world of pushes, in which people also ask for links."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._asked = 0

    def people_ask(self, kind: LinkRequestKind, *pairs: tuple[str, int | None]) -> list[LinkAnswer]:
        """Ask, let the store's drain answer and push, and return the answers."""
        self._asked += 1
        request = f"request-{self._asked}"
        products = tuple(
            (PosProductId(p), None if w is None else StoreProductId(w)) for p, w in pairs
        )
        self.link_requests.put(LinkEvent(request, STORE, kind, products).requests(count()))
        self.push_until_quiet()
        return self.link_requests.answers_to(request)

    def link_by_hand(self, product: str, web: int | None = None) -> LinkAnswer:
        """Do what `tillbridge link` does."""
        (answer,) = self.people_ask(LinkRequestKind.LINK, (product, web))
        return answer


@pytest.fixture
def world() -> LinkingWorld:
    return LinkingWorld()


def a_shown(world: LinkingWorld, **fields: Any) -> int:
    """Put the lantern online as BigCommerce's people made it, and return its id."""
    given = {"description": "<b>Ours</b>", "price": Decimal(55), "brand_name": "House"} | fields
    return world.web.seed("Lantern (web)", "WEB-LANTERN", **given).id


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


def test_unlinking_keeps_both_products_and_the_pos_changes_nothing_more(
    world: LinkingWorld,
) -> None:
    world.linked(a_product())
    (answer,) = world.people_ask(LinkRequestKind.UNLINK, (LANTERN, None))
    assert answer.done
    world.happens("product.saved", replace(a_product(), version=2, price=Decimal(1)))
    world.push_until_quiet()
    assert world.writes() == []
    assert len(world.web.records.products) == 1


def test_unlinking_takes_what_was_asked_for_before_with_it(world: LinkingWorld) -> None:
    world.linked(a_product())
    unlink = LinkEvent("u", STORE, LinkRequestKind.UNLINK, ((LANTERN, None),))
    world.link_requests.put(unlink.requests(count()))
    world.ask(a_product())
    world.push_until_quiet()
    assert len(world.web.records.products) == 1
    assert world.links.get(STORE, [LANTERN]) == {}


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


def test_what_bigcommerce_refuses_to_show_is_said_so_and_the_store_goes_on(
    world: LinkingWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> object:
        raise Refused(422, "id:in is invalid")

    monkeypatch.setattr(FakeStoreCatalogue, "page", refuses)
    world.ask(a_product())
    answer = world.link_by_hand(JUMPER, 9_000_000_000)
    assert not answer.done
    assert "id:in is invalid" in answer.words
    assert world.link(LANTERN).status is LinkStatus.LINKED


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(Refused(422, "id:in is invalid"), "id:in is invalid"), (KeyError("id"), "fault of its own")],
    ids=repr,
)
def test_a_product_that_fails_the_request_for_many_is_refused_alone(
    world: LinkingWorld,
    monkeypatch: pytest.MonkeyPatch,
    faults: Faults,
    trouble: Exception,
    words: str,
) -> None:
    page = FakeStoreCatalogue.page

    def fails_on_one(self: FakeStoreCatalogue, ask: Ask, after: int) -> Page:
        if 9_000_000_000 in ask.ids:
            raise trouble
        return page(self, ask, after)

    monkeypatch.setattr(FakeStoreCatalogue, "page", fails_on_one)
    web = a_shown(world)
    world.pos.save(a_product())
    world.pos.save(a_product("p-bad", name="Bad", sku="BAD"))
    world.ask(a_product("p-new", name="New", sku="NEW"))
    bad, good = world.people_ask(LinkRequestKind.LINK, ("p-bad", 9_000_000_000), (LANTERN, web))
    assert (bad.done, good.done) == (False, True)
    assert words in bad.words
    assert world.link("p-new").status is LinkStatus.LINKED


@pytest.mark.parametrize("kind", [LinkRequestKind.UNDO, LinkRequestKind.LINK])
def test_a_request_about_an_id_that_the_pos_calls_invalid_holds_up_no_push(
    world: LinkingWorld, kind: LinkRequestKind
) -> None:
    web = a_shown(world)
    world.pos.save(a_product())
    world.link_by_hand(LANTERN, web)
    world.pos.finds_invalid = {PosProductId(LANTERN)}
    world.ask(a_product("p-new", name="New", sku="NEW"))
    asked = LANTERN if kind is LinkRequestKind.UNDO else "p-new"
    (answer,) = world.people_ask(kind, (asked, web))
    assert not answer.done
    assert LANTERN in answer.words
    assert world.link(LANTERN).id == web
    assert world.link("p-new").status is LinkStatus.LINKED


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


def test_a_product_bigcommerce_keeps_failing_on_is_said_so_and_the_store_goes_on(
    world: LinkingWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> object:
        raise StoreDown("BigCommerce answers 500.")

    monkeypatch.setattr(FakeStoreCatalogue, "page", fails)
    world.ask(a_product())
    answer = world.link_by_hand(JUMPER, 812)
    assert not answer.done
    assert "answers 500" in answer.words
    assert world.link(LANTERN).status is LinkStatus.LINKED


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
