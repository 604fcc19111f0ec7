"""What must change about options and variants."""

from decimal import Decimal

from tests.builders import a_jumper, a_link, a_product, a_variant, linked_variants
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import PosVariantId, StoreVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.created import before_create
from tillbridge.domain.structure import labels, matching, structure
from tillbridge.domain.variants import same_variants, shape
from tillbridge.domain.web_product import WebVariant

OWNED = {"weight": Decimal("1.2"), "retail_price": Decimal(99)}


def there(number: int, sku: str, *options: tuple[str, str]) -> WebVariant:
    return WebVariant(StoreVariantId(number), sku, options, owned=OWNED)


SMALL = there(501, "JUMPER-S", ("Size", "S"))
MEDIUM = there(502, "JUMPER-M", ("Size", "M"))
LINK = a_link("p-jumper", variants=linked_variants("S", "M"))


def test_what_is_there_under_the_same_options_is_kept() -> None:
    steps = structure(a_jumper(), LINK, [SMALL, MEDIUM])
    assert set(steps.keep.values()) == {501, 502}
    assert not steps.create
    assert not steps.drop
    assert not steps.rebuild


def test_a_new_size_is_created_beside_the_others() -> None:
    steps = structure(a_jumper("S", "M", "L"), LINK, [SMALL, MEDIUM])
    assert [variant.sku for variant, _ in steps.create] == ["JUMPER-L"]
    assert not steps.drop


def test_a_size_that_went_is_dropped() -> None:
    steps = structure(a_jumper("S"), LINK, [SMALL, MEDIUM])
    assert steps.drop == (502,)
    assert not steps.park


def test_a_dropped_variant_whose_sku_is_needed_is_parked_first() -> None:
    renamed = a_jumper(variants=(a_variant("S"), a_variant("XL", sku="JUMPER-M")))
    steps = structure(renamed, LINK, [SMALL, MEDIUM])
    assert steps.park == (502,)
    assert steps.drop == (502,)


def test_another_option_name_rebuilds_every_variant() -> None:
    coloured = a_jumper(
        variants=tuple(a_variant(c, option_values=(("Colour", c),)) for c in ("Grey", "Blue"))
    )
    steps = structure(coloured, LINK, [SMALL, MEDIUM])
    assert steps.rebuild
    assert set(steps.drop) == {501, 502}
    assert len(steps.create) == 2
    assert not steps.keep


def test_the_first_real_variant_inherits_what_bigcommerce_owns_on_the_base_variant() -> None:
    base = there(500, "JUMPER-S")
    steps = structure(a_jumper("S", "M"), a_link("p-jumper"), [base])
    assert all(owned == OWNED for _, owned in steps.create)
    assert not steps.rebuild
    assert not steps.drop


def test_a_variant_whose_option_was_renamed_keeps_what_bigcommerce_owns() -> None:
    small = a_variant("S", option_values=(("Size", "Small"),))
    steps = structure(a_jumper(variants=(small, a_variant("M"))), LINK, [SMALL, MEDIUM])
    ((_, owned),) = steps.create
    assert owned == OWNED


def test_a_product_that_lost_every_variant_drops_them_all() -> None:
    steps = structure(a_product("p-jumper"), LINK, [SMALL, MEDIUM])
    assert set(steps.drop) == {501, 502}
    assert not steps.create


def test_a_variant_we_made_goes_even_while_the_list_does_not_show_it() -> None:
    steps = structure(a_jumper("S"), LINK, [SMALL])
    assert steps.drop == (502,)


def test_a_wanted_variant_the_list_does_not_show_is_never_dropped() -> None:
    steps = structure(a_jumper(), LINK, [SMALL])
    assert steps.drop == ()


def test_the_ids_of_new_variants_come_from_the_answer() -> None:
    made = [there(601, "JUMPER-S", ("size", "s ")), there(602, "jumper-m")]
    found = matching(a_jumper(), made)
    assert found == {
        PosVariantId("v-jumper-s"): 601,
        PosVariantId("v-jumper-m"): 602,
    }


def test_labels_are_kept_as_they_are_written_and_compared_without_case() -> None:
    record = a_jumper(
        variants=(
            a_variant("S", option_values=((" Size", "Small "),)),
            a_variant("M", option_values=(("Size ", "Medium"),)),
        )
    )
    assert labels(record) == {"Size": {"small": "Small", "medium": "Medium"}}


def test_the_order_and_case_of_options_do_not_matter() -> None:
    assert shape([("Size", "S"), ("Colour", "Grey")]) == shape([("colour", "GREY "), ("size", "s")])


def test_a_store_product_is_the_same_when_options_and_skus_are() -> None:
    theirs = {shape([("Size", "S")]): "jumper-s", shape([("Size", "M")]): "JUMPER-M"}
    assert same_variants(sent(a_jumper()), theirs)
    assert not same_variants(sent(a_jumper("S")), theirs)
    assert not same_variants(sent(a_jumper()), {**theirs, shape([("Size", "M")]): "OTHER"})


def test_a_simple_product_is_the_same_when_its_only_variant_has_no_options_and_its_sku() -> None:
    assert same_variants(sent(a_product()), {shape([]): "storm-lantern"})
    assert not same_variants(sent(a_product()), {shape([("Size", "S")]): "STORM-LANTERN"})
    assert not same_variants(sent(a_product()), {shape([]): "OTHER"})


def sent(record: Product) -> Link:
    """Return the intent of a create of this record."""
    return before_create(record, None, Settings(), highest_id=0, now_ms=0)
