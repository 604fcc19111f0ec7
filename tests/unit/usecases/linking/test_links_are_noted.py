"""What people change of links is told in the history, by whose request it was."""

from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_product
from tests.unit.usecases.linking.linking_world import LinkingWorld, a_shown
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind

OF_LINKS = {Did.LINKED, Did.UNLINKED, Did.UNDONE}


def noted(world: LinkingWorld) -> list[ProductLine]:
    return [line for line in world.history.lines if line.did in OF_LINKS]


def test_a_link_by_hand_is_told_and_the_push_that_follows_is_because_of_it(
    world: LinkingWorld,
) -> None:
    world.pos.save(a_product())
    number = a_shown(world)
    world.link_by_hand(LANTERN, number)

    linked, pushed = world.history.lines[:2]
    assert (linked.did, linked.web, linked.by, linked.job) == (
        Did.LINKED,
        number,
        "mina",
        "request-1",
    )
    assert pushed.did is Did.UPDATED
    assert pushed.because is not None
    assert (pushed.because.last.id, pushed.because.last.by) == ("request-1", "mina")


def test_what_changes_no_link_has_no_line(world: LinkingWorld) -> None:
    world.linked(a_product())
    world.people_ask(LinkRequestKind.LINK, (LANTERN, world.link(LANTERN).id))
    world.people_ask(LinkRequestKind.LINK, (LANTERN, 4711))
    world.people_ask(LinkRequestKind.UNLINK, (JUMPER, None))
    world.people_ask(LinkRequestKind.UNDO, (JUMPER, None))

    assert noted(world) == []


def test_a_request_that_comes_twice_is_told_once(world: LinkingWorld) -> None:
    world.linked(a_product())
    unlink = LinkEvent("u", STORE, LinkRequestKind.UNLINK, ((LANTERN, None),))
    for _ in range(2):
        world.link_requests.put(unlink.requests(count()))
        world.push_until_quiet()

    assert [line.did for line in noted(world)] == [Did.UNLINKED]


def test_a_link_that_moves_is_told_of_both_products(world: LinkingWorld) -> None:
    world.linked(a_product())
    number = world.link(LANTERN).id
    world.happens("product.saved", a_product(version=2, deleted=True))
    world.push_until_quiet()
    world.pos.save(a_product("p-other", sku="OTHER"))
    world.link_by_hand("p-other", number)

    told = [(line.product, line.did, line.web) for line in noted(world)]
    assert sorted(told) == [
        (LANTERN, Did.UNLINKED, number),
        (PosProductId("p-other"), Did.LINKED, number),
    ]


def test_an_undo_tells_what_it_wrote_back(world: LinkingWorld) -> None:
    world.pos.save(a_product())
    world.link_by_hand(LANTERN, a_shown(world))
    world.people_ask(LinkRequestKind.UNDO, (LANTERN, None))

    undone = noted(world)[-1]
    assert (undone.did, undone.by, undone.job) == (Did.UNDONE, "mina", "request-2")
    assert Decimal(undone.fields["price"].value) == 55
    assert list(undone.fields)[-1] == "description"


def test_a_product_that_the_pos_deleted_is_told_to_be_hidden(world: LinkingWorld) -> None:
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, deleted=True))
    world.push_until_quiet()

    assert world.history.lines[-1].did is Did.HIDDEN
    assert world.history.lines[-1].fields["is_visible"].value == "False"


def test_a_change_whose_answer_is_held_back_is_told_all_the_same(
    world: LinkingWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.linked(a_product())
    answer, busy = world.link_requests.answer, [RetryLater("busy")]

    def once_busy(*arguments: Any) -> None:
        if busy:
            raise busy.pop()
        answer(*arguments)

    monkeypatch.setattr(world.link_requests, "answer", once_busy)
    unlink = LinkEvent("u", STORE, LinkRequestKind.UNLINK, ((LANTERN, None),), by="mina", job="j")
    world.link_requests.put(unlink.requests(count()))
    world.push_until_quiet()

    assert [(line.did, line.by) for line in noted(world)] == [(Did.UNLINKED, "mina")]
    outcomes = [line.did for line in world.history.lines if line.outcome and line.job == "j"]
    assert outcomes == [Did.UNCHANGED]
