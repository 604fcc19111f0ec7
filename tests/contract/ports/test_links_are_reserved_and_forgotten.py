"""Create, link and import contend for one row: nobody links what an import has reserved."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_link, an_intent
from tests.contract.ports.linked import the_link
from tests.contract.ports.races import race
from tillbridge.domain.errors import Conflict
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import IMPORTING, LinkStatus
from tillbridge.ports.links import Links

WEB = StoreProductId(101)


def test_what_an_import_reserves_says_so(links: Links) -> None:
    links.reserve(STORE, WEB)
    links.reserve(STORE, WEB)
    assert links.holders(STORE, [WEB]) == {WEB: IMPORTING}


def test_what_an_import_reserved_is_not_linked_by_anybody_else(links: Links) -> None:
    links.reserve(STORE, WEB)
    with pytest.raises(Conflict):
        links.linked(STORE, a_link())
    assert links.get(STORE, [LANTERN]) == {}


def test_the_import_itself_links_what_it_reserved(links: Links) -> None:
    links.reserve(STORE, WEB)
    links.linked(STORE, a_link(), reserved=True)
    links.linked(STORE, a_link(), reserved=True)
    assert links.holders(STORE, [WEB]) == {WEB: LANTERN}


def test_what_is_linked_cannot_be_reserved(links: Links) -> None:
    links.linked(STORE, a_link())
    with pytest.raises(Conflict):
        links.reserve(STORE, WEB)
    links.free(STORE, WEB)
    assert links.holders(STORE, [WEB]) == {WEB: LANTERN}


def test_a_reservation_given_up_leaves_nothing(links: Links) -> None:
    links.reserve(STORE, WEB)
    links.free(STORE, WEB)
    links.free(STORE, WEB)
    links.linked(STORE, a_link())
    assert links.holders(STORE, [WEB]) == {WEB: LANTERN}


def test_of_an_import_and_links_at_one_instant_one_gets_the_product(links: Links) -> None:
    for number in range(1, 8):
        wanted = StoreProductId(number)
        rivals = [PosProductId(f"p-{number}-{rival}") for rival in range(4)]
        runners: list[Callable[[], None]] = [partial(links.reserve, STORE, wanted)]
        runners += [partial(links.linked, STORE, a_link(p, id=wanted)) for p in rivals]
        outcomes = race(runners)
        assert [o is None for o in outcomes].count(True) == 1
        assert all(isinstance(o, Conflict | None) for o in outcomes)


def test_unlinking_forgets_both_ways_and_can_be_repeated(links: Links) -> None:
    links.linked(STORE, a_link())
    links.unlink(STORE, a_link())
    links.unlink(STORE, a_link())
    assert links.get(STORE, [LANTERN]) == {}
    assert links.holders(STORE, [WEB]) == {}
    links.linked(STORE, a_link(JUMPER))
    assert links.holders(STORE, [WEB]) == {WEB: JUMPER}


def test_unlinking_leaves_a_link_that_is_another_one_by_now(links: Links) -> None:
    links.linked(STORE, a_link(id=StoreProductId(102)))
    links.unlink(STORE, a_link())
    assert the_link(links).id == 102


def test_a_failure_that_never_had_a_product_online_is_forgotten_too(links: Links) -> None:
    links.begin(STORE, an_intent())
    failed = an_intent(status=LinkStatus.FAILED, failed_version=1)
    links.failed(STORE, failed)
    links.unlink(STORE, replace(failed, id=None))
    assert links.get(STORE, [LANTERN]) == {}
