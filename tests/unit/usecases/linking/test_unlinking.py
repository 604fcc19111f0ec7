"""Unlinking: both products stay, and the POS changes nothing more."""

from dataclasses import replace
from decimal import Decimal
from itertools import count

from tests.builders import LANTERN, STORE, a_product
from tests.unit.usecases.linking.linking_world import LinkingWorld
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind


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
