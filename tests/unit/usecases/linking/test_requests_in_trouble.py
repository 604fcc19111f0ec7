"""Requests about links that one side refuses or fails on: each is answered, and the store goes on."""

import pytest

from tests.builders import JUMPER, LANTERN, a_product
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.faults import Faults
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.ports.store_catalogue import Page


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
