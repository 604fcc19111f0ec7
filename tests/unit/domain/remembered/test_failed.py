"""What a link says after a refusal, or when its product is gone."""

from tests.builders import JUMPER, a_jumper, a_link, a_product, linked_variants
from tests.unit.domain.remembered.examples import SETTINGS, SMALL, TAKEN
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.remembered.created import before_create
from tillbridge.domain.remembered.doubts import without_levels
from tillbridge.domain.remembered.failed import after_refusal, while_failing, without_variants
from tillbridge.domain.remembered.pushed import after_stock
from tillbridge.domain.stock import Sellable


def test_a_refusal_keeps_ids_and_says_which_version_was_given_up() -> None:
    refused = after_refusal(a_link(level=3), a_product(version=6), TAKEN)
    assert (refused.status, refused.problem) == (LinkStatus.FAILED, TAKEN)
    assert (refused.id, refused.level, refused.failed_version) == (101, 3, 6)


def test_a_refused_create_is_not_under_way_any_more() -> None:
    intent = before_create(a_product(), None, SETTINGS, highest_id=1, now_ms=5)
    refused = after_refusal(intent, a_product(), TAKEN)
    assert (refused.status, refused.creating_ms) == (LinkStatus.FAILED, 0)


def test_what_was_never_linked_can_be_refused() -> None:
    refused = after_refusal(None, a_product("p-new", name="New"), TAKEN)
    assert (refused.product, refused.name, refused.id) == ("p-new", "New", None)


def test_a_product_that_bigcommerce_deleted_is_broken() -> None:
    assert after_refusal(a_link(), a_product(), TAKEN, gone=True).status is LinkStatus.BROKEN


def test_a_product_that_keeps_failing_gives_no_version_up() -> None:
    record = a_product(version=6)
    assert while_failing(a_link(content_version=3), record, TAKEN).failed_version == 5
    assert while_failing(a_link(content_version=6), record, TAKEN).failed_version == 6


def test_a_create_that_keeps_failing_stays_under_way() -> None:
    intent = before_create(a_product(), None, SETTINGS, highest_id=1, now_ms=5)
    assert while_failing(intent, a_product(), TAKEN).status is LinkStatus.CREATING


def test_variants_and_levels_are_forgotten_so_that_a_push_makes_them_anew() -> None:
    link = a_link(JUMPER, variants=linked_variants("S", "M"), level=4)
    link = after_stock(link, a_jumper(), {SMALL: Sellable(3)}, on_channel=False)
    assert set(without_variants(link, {SMALL}).variants) == {PosVariantId("v-jumper-m")}
    forgot = without_levels(link)
    assert forgot.level is None
    assert all(variant.level is None for variant in forgot.variants.values())
