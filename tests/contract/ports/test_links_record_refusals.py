"""What the port of links promises of refusals and of who waits, kept by the fake and by
DynamoDB."""

from dataclasses import replace

from tests.builders import JUMPER, LANTERN, STORE, a_link, an_intent
from tests.contract.ports.linked import NAME_TAKEN, a_full_link, the_link
from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Doubt, Link, LinkStatus, Part
from tillbridge.ports.links import Links


def test_a_refused_update_keeps_ids_and_what_was_sent(links: Links) -> None:
    links.linked(STORE, a_full_link())
    refused = replace(a_full_link(), status=LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=2)
    links.failed(STORE, refused)

    assert the_link(links, JUMPER) == refused
    assert links.holders(STORE, [StoreProductId(202)]) == {202: JUMPER}


def test_a_refusal_writes_nothing_but_the_refusal(links: Links) -> None:
    links.linked(STORE, a_link())
    links.stocked(STORE, [a_link(stock_version=5, level=55)])
    links.failed(
        STORE, a_link(status=LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=2, level=3)
    )

    assert the_link(links).level == 55


def test_a_product_that_was_never_linked_can_be_refused(links: Links) -> None:
    refused = Link(
        LANTERN, LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=4, name="Storm Lantern"
    )
    links.failed(STORE, refused)

    assert the_link(links) == refused
    assert not the_link(links).is_linked


def test_a_refusal_is_recorded_however_long_what_is_refused_is(links: Links) -> None:
    problem = replace(NAME_TAKEN, words="'" + "N" * 500_000 + "' is taken.")
    refused = Link(
        LANTERN, LinkStatus.FAILED, problem=problem, failed_version=4, name="N" * 500_000
    )
    for _ in range(2):
        links.failed(STORE, refused)
        there = the_link(links)
        assert there.problem is not None
        assert (there.status, there.failed_version) == (LinkStatus.FAILED, 4)
        assert there.name.startswith("N" * 250)
        assert there.problem.words.startswith("'NNN")


def test_a_refused_creation_is_no_longer_under_way(links: Links) -> None:
    links.begin(STORE, an_intent())
    links.failed(STORE, an_intent(status=LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=1))

    assert the_link(links).status is LinkStatus.FAILED
    links.begin(STORE, an_intent())


def test_a_refusal_of_an_older_version_does_not_hide_a_newer_success(links: Links) -> None:
    links.linked(STORE, a_link(content_version=7))
    links.failed(STORE, a_link(status=LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=6))

    assert the_link(links) == a_link(content_version=7)


def test_a_deleted_product_breaks_the_link_whatever_the_version(links: Links) -> None:
    links.linked(STORE, a_link(content_version=7))
    links.failed(STORE, a_link(status=LinkStatus.BROKEN, problem=NAME_TAKEN, failed_version=6))

    assert the_link(links).status is LinkStatus.BROKEN


def blocked(links: Links, product: PosProductId, blocked_by: str, holder: int | None) -> None:
    problem = Problem("name_taken", "Taken.", "name", holder, blocked_by)
    links.failed(STORE, Link(product, LinkStatus.FAILED, problem=problem, failed_version=1))


def waiting(links: Links, holder: str, store: StoreId = STORE) -> list[str]:
    return [str(each.product) for each in links.blocked_by(store, holder)]


def test_versions_fall_when_a_person_takes_an_older_record_and_nothing_else_changes(
    links: Links,
) -> None:
    there = a_full_link()
    links.linked(STORE, there)
    fallen = replace(
        there,
        content_version=2,
        stock_version=1,
        failed_version=-1,
        doubts={Part.STOCK: Doubt(1, 2)},
    )
    links.fall(STORE, there, replace(fallen, name="not recorded"))
    assert links.get(STORE, [there.product])[there.product] == fallen


def test_versions_do_not_fall_below_what_was_pushed_meanwhile(links: Links) -> None:
    read = a_link(content_version=5, stock_version=5)
    links.linked(STORE, read)
    links.stocked(STORE, [replace(read, stock_version=6)])
    links.fall(STORE, read, replace(read, content_version=2, stock_version=2))
    assert links.get(STORE, [read.product])[read.product].content_version == 5


def test_who_waits_for_a_name_is_answered_until_it_is_unblocked(links: Links) -> None:
    blocked(links, JUMPER, LANTERN, None)
    blocked(links, PosProductId("p-second"), LANTERN, None)

    found = links.blocked_by(STORE, LANTERN)
    assert [each.product for each in found] == [JUMPER, "p-second"]
    assert links.blocked_by(STORE, LANTERN) == found
    links.unblock(STORE, found[:1])
    assert waiting(links, LANTERN) == ["p-second"]
    links.unblock(STORE, found)
    links.unblock(STORE, found)
    assert waiting(links, LANTERN) == []


def test_who_failed_again_meanwhile_stays_blocked(links: Links) -> None:
    blocked(links, JUMPER, LANTERN, None)
    before = links.blocked_by(STORE, LANTERN)
    blocked(links, JUMPER, LANTERN, None)

    links.unblock(STORE, before)
    assert waiting(links, LANTERN) == [JUMPER]


def test_who_waits_for_a_bigcommerce_product_is_found_by_its_number(links: Links) -> None:
    blocked(links, JUMPER, "", 812)

    assert waiting(links, "#81") == []
    assert waiting(links, "#812") == [JUMPER]


def test_who_waits_for_any_bigcommerce_product_is_answered_at_once(links: Links) -> None:
    blocked(links, JUMPER, "", 812)
    blocked(links, PosProductId("p-second"), LANTERN, 7)
    blocked(links, PosProductId("p-third"), LANTERN, None)

    found = links.blocked_online(STORE)
    assert [(each.holder, each.product) for each in found] == [("#7", "p-second"), ("#812", JUMPER)]
    assert links.blocked_online(StoreId("lighthouse")) == []
    links.unblock(STORE, found)
    assert links.blocked_online(STORE) == []
    assert waiting(links, LANTERN) == ["p-second", "p-third"]


def test_holders_whose_ids_begin_alike_are_not_confused(links: Links) -> None:
    blocked(links, JUMPER, "p-1#2", None)

    assert waiting(links, "p-1") == []
    assert waiting(links, "p-1#2", StoreId("lighthouse")) == []
    assert waiting(links, "p-1#2") == [JUMPER]


def test_a_refusal_that_names_nobody_waits_for_nobody(links: Links) -> None:
    links.failed(
        STORE, Link(JUMPER, LinkStatus.FAILED, problem=Problem("bad_price", "x"), failed_version=1)
    )

    assert waiting(links, "") == []
    assert waiting(links, "#None") == []
