"""What ports.pos_mirror promises who pushes, imports and reconciles: the fake and DynamoDB keep it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.mirrored import ACCOUNT, a_level, a_variant, an_item, take_page, walked
from tillbridge.adapters.pos_mirror.pos import MirrorFeed, MirrorPos
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.ids import PosProductId
from tillbridge.ports.pos_mirror import MirrorReads, PosMirror

CHAIR = PosProductId("chair")


def test_products_are_read_with_their_variants_levels_and_minted_versions(
    mirror: PosMirror,
) -> None:
    page = [an_item("chair"), a_variant("red", "chair", "red"), an_item("lamp")]
    take_page(mirror, [*page, a_level("red", "3.5")])
    found = walked(mirror).products(ACCOUNT, [CHAIR, PosProductId("red"), PosProductId("lamp")])
    assert set(found) == {"chair", "lamp"}
    (red,) = found[CHAIR].variants
    assert red.stock[0].on_hand == Decimal("3.5")
    kept = mirror.read(ACCOUNT, [CHAIR])[CHAIR]
    assert found[CHAIR].version == kept.version
    assert mirror.products(ACCOUNT, []) == {}


def test_a_hundred_products_are_read_at_once(mirror: PosMirror) -> None:
    names = [f"p-{n}" for n in range(100)]
    take_page(mirror, [an_item(each) for each in names])
    pos = MirrorPos(walked(mirror), ACCOUNT)
    assert set(pos.products([PosProductId(each) for each in names])) == set(names)


READS: dict[str, Callable[[MirrorReads], object]] = {
    "products": lambda mirror: mirror.products(ACCOUNT, [CHAIR]),
    "changed": lambda mirror: mirror.changed(ACCOUNT, 0, 10),
    "named": lambda mirror: mirror.named(ACCOUNT, "Chair"),
}


@pytest.mark.parametrize("read", READS)
def test_the_trouble_of_an_account_needs_attention_in_its_words(
    mirror: PosMirror, read: str
) -> None:
    take_page(mirror, [an_item("chair")])
    walked(mirror)
    troubled = replace(mirror.state(ACCOUNT), trouble="pos_token_dead", words="Connect it.")
    state = mirror.keep_state(ACCOUNT, troubled)
    with pytest.raises(NeedsAttention, match="Connect it") as trouble:
        READS[read](mirror)
    assert trouble.value.code == "pos_token_dead"
    assert CHAIR in mirror.read(ACCOUNT, [CHAIR])
    mirror.keep_state(ACCOUNT, replace(state, trouble="", words=""))
    assert READS[read](mirror)


@pytest.mark.parametrize("read", READS)
def test_nothing_is_known_before_the_first_walk_is_over(mirror: PosMirror, read: str) -> None:
    take_page(mirror, [an_item("chair")])
    for _ in range(2):
        with pytest.raises(PosDown, match="being read whole"):
            READS[read](mirror)
        mirror.keep_state(ACCOUNT, replace(mirror.state(ACCOUNT), polls=1))


def test_changes_end_where_no_more_are_left(mirror: PosMirror) -> None:
    take_page(mirror, [an_item(f"p-{n:03d}") for n in range(120)])
    take_page(walked(mirror), [an_item("p-000", 2)])
    first = mirror.changed(ACCOUNT, 0, 70)
    rest = mirror.changed(ACCOUNT, first.products[-1].version, 70)
    ids = [each.id for each in (*first.products, *rest.products)]
    assert ids == [*(f"p-{n:03d}" for n in range(1, 120)), "p-000"]
    assert (len(first.products), len(rest.products)) == (70, 50)
    assert mirror.changed(ACCOUNT, rest.products[-1].version, 70).products == ()


def test_only_what_was_told_is_settled(mirror: PosMirror) -> None:
    feed = MirrorFeed(mirror, ACCOUNT)
    (chair,) = take_page(mirror, [an_item("chair")])
    walked(mirror)
    (lamp,) = take_page(mirror, [an_item("lamp")])
    page = feed.changes(0)
    assert (page.next_version, page.settled) == (lamp.version, chair.version)
    assert feed.changes(lamp.version).settled == lamp.version
    mirror.keep_state(ACCOUNT, replace(mirror.state(ACCOUNT), emitted=lamp.version))
    assert feed.changes(0).settled == lamp.version
    assert feed.changes(chair.version).settled == lamp.version


def test_pages_follow_until_the_end(mirror: PosMirror) -> None:
    take_page(mirror, [an_item(f"p-{n:03d}") for n in range(501)])
    found = list(MirrorFeed(walked(mirror), ACCOUNT).pages(0))
    assert [len(page.products) for page in found] == [500, 1]


@pytest.mark.parametrize("name", ["Oak Chair", " oak CHAIR ", "Oak\u00a0Chair", "Oak Chair\u200b"])
def test_a_family_is_found_by_a_name_that_looks_the_same(mirror: PosMirror, name: str) -> None:
    take_page(mirror, [an_item("chair", name="Oak Chair"), an_item("lamp", name="Lamp")])
    assert walked(mirror).named(ACCOUNT, name) == "chair"
    assert mirror.named(ACCOUNT, "Oak") is None
    assert mirror.named(ACCOUNT, " ") is None


def test_a_name_follows_its_family_and_is_free_when_that_is_deleted(mirror: PosMirror) -> None:
    take_page(mirror, [an_item("chair", name="Chair"), an_item("nameless", name="")])
    take_page(walked(mirror), [an_item("chair", 2, name="Stool")])
    assert mirror.named(ACCOUNT, "Chair") is None
    assert mirror.named(ACCOUNT, "Stool") == "chair"
    take_page(mirror, [an_item("chair", 3, deleted=True)])
    assert mirror.named(ACCOUNT, "Stool") is None
    take_page(mirror, [an_item("other", name="Stool")])
    assert mirror.named(ACCOUNT, "Stool") == "other"


def test_a_name_may_be_longer_than_a_key(mirror: PosMirror) -> None:
    take_page(mirror, [an_item("chair", name="é" * 5_000), an_item("stool", name="é" * 5_001)])
    assert walked(mirror).named(ACCOUNT, "É" * 5_000) == "chair"


def test_ids_may_have_255_characters_of_any_script(mirror: PosMirror) -> None:
    knot = "🪢" * 255
    take_page(mirror, [an_item(knot), a_level(knot)])
    assert set(walked(mirror).products(ACCOUNT, [PosProductId(knot)])) == {knot}


def test_no_product_has_stock_of_a_closed_outlet(mirror: PosMirror) -> None:
    levels = [a_level("chair", "3"), a_level("chair", "4", outlet="o-2")]
    take_page(mirror, [an_item("chair"), *levels])
    state = walked(mirror).state(ACCOUNT)
    mirror.keep_state(ACCOUNT, replace(state, closed=("o-2",)))
    (read,) = mirror.products(ACCOUNT, [PosProductId("chair")]).values()
    (listed,) = mirror.changed(ACCOUNT, 0, 10).products
    assert [each.outlet_id for each in read.stock] == ["o-1"]
    assert listed == read
