"""What polls and pushes cost of the mirror, counted at the client."""

from collections import Counter

from tests.contract.ports.mirror_tables import MirrorTables, tables
from tests.contract.ports.test_console_costs import Counted
from tests.mirrored import ACCOUNT, a_level, a_variant, an_item, take_page, walked
from tillbridge.adapters.pos_mirror.pos import MirrorFeed, MirrorPos
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.polling import PollState

__all__ = ["tables"]

NAMES = [f"p-{n:03d}" for n in range(200)]


def test_a_page_of_200_new_products_costs_22_requests_and_four_when_it_comes_again(
    tables: MirrorTables,
) -> None:
    mirror, page = tables.open(), [an_item(each) for each in NAMES]
    with Counted(tables.client) as made:
        take_page(mirror, page)
    assert Counter(made) == {
        "BatchGetItem": 4,  # whose families they are, and those
        "Query": 1,  # the first put of a process asks which version is the highest
        "UpdateItem": 1,  # the counter
        "BatchExecuteStatement": 8,
        "BatchWriteItem": 8,  # the index of members
    }
    with Counted(tables.client) as made:
        assert take_page(mirror, page) == []
    assert made == ["BatchGetItem"] * 4


def test_a_page_of_200_changed_products_costs_13_requests(tables: MirrorTables) -> None:
    mirror = tables.open()
    take_page(mirror, [an_item(each) for each in NAMES])
    with Counted(tables.client) as made:
        take_page(mirror, [an_item(each, 2) for each in NAMES])
    assert Counter(made) == {"BatchGetItem": 4, "UpdateItem": 1, "BatchExecuteStatement": 8}


def test_a_page_of_200_variants_of_one_family_costs_five(tables: MirrorTables) -> None:
    mirror = tables.open()
    take_page(mirror, [an_item("chair"), *(a_variant(each, "chair", each) for each in NAMES)])
    with Counted(tables.client) as made:
        take_page(mirror, [a_variant(each, "chair", each, version=2) for each in NAMES])
    assert Counter(made) == {"BatchGetItem": 4, "UpdateItem": 1, "BatchExecuteStatement": 1}


def test_one_sale_costs_four(tables: MirrorTables) -> None:
    mirror = tables.open()
    take_page(mirror, [an_item("chair")])
    with Counted(tables.client) as made:
        take_page(mirror, [a_level("chair")])
    assert made == ["BatchGetItem", "BatchGetItem", "UpdateItem", "BatchExecuteStatement"]


def test_99_products_are_read_with_one_request_and_the_hundredth_needs_a_second(
    tables: MirrorTables,
) -> None:
    mirror = tables.open()
    take_page(mirror, [an_item(each) for each in NAMES])
    pos, ids = MirrorPos(walked(mirror), ACCOUNT), [PosProductId(each) for each in NAMES]
    for count, requests in ((1, 1), (99, 1), (100, 2)):
        with Counted(tables.client) as made:
            assert len(pos.products(ids[:count])) == count
        assert made == ["BatchGetItem"] * requests


def test_a_page_of_the_feed_costs_seven_and_a_quiet_one_two(tables: MirrorTables) -> None:
    mirror = tables.open()
    for names in (NAMES, [f"{each}-2" for each in NAMES], [f"{each}-3" for each in NAMES]):
        take_page(mirror, [an_item(each) for each in names])
    feed = MirrorFeed(walked(mirror), ACCOUNT)
    with Counted(tables.client) as made:
        page = feed.changes(0)
    assert (len(page.products), page.more) == (500, True)
    assert Counter(made) == {"GetItem": 1, "Query": 1, "BatchGetItem": 5}
    with Counted(tables.client) as made:
        assert feed.changes(mirror.newest(ACCOUNT)).products == ()
    assert Counter(made) == {"GetItem": 1, "Query": 2}  # one is `newest`


def test_what_is_to_be_told_and_a_name_cost_one_and_two(tables: MirrorTables) -> None:
    mirror = tables.open()
    take_page(mirror, [an_item(each) for each in NAMES])
    walked(mirror)
    with Counted(tables.client) as made:
        assert len(mirror.untold(ACCOUNT, 0, 200)) == 200
        assert mirror.named(ACCOUNT, "chair") is not None
    assert made == ["Query", "GetItem", "Query"]


def test_a_walk_notes_a_page_with_one_request_and_its_state_with_another(
    tables: MirrorTables,
) -> None:
    mirror = tables.open()
    put = take_page(mirror, [an_item(each) for each in NAMES])
    with Counted(tables.client) as made:
        mirror.note_seen(ACCOUNT, 1, 0, [member for kept in put for member in kept.family.items])
        mirror.keep_state(ACCOUNT, PollState(polls=1))
        assert list(mirror.unseen(ACCOUNT, 1)) == []
    assert Counter(made) == {"PutItem": 2, "Query": 2}
