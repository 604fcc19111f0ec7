"""What is drift and what is not, field by field, as BigCommerce keeps values."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import LANTERN, a_jumper, a_link, a_product, a_web_product, some_stock
from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_fingerprint
from tillbridge.domain.drift import differences, pos_moved
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.findings import Difference, Moved
from tillbridge.domain.ids import PosVariantId, StoreVariantId
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.mapping import fingerprint, variant_content
from tillbridge.domain.product import Barcodes, Product
from tillbridge.domain.web_orders.accounts import WebUnits
from tillbridge.domain.web_product import WebProduct, WebVariant

SETTINGS = Settings()


def as_sent(record: Product, settings: Settings = SETTINGS) -> Link:
    """Return the link of a product that was pushed as it is."""
    bare = a_link(record.id, visible=True, tracking=record.tracking, level=3)
    variants = {
        variant.id: LinkedVariant(
            StoreVariantId(501 + place),
            fingerprint=fingerprint(variant_content(variant, settings.fields, bare)),
            level=2,
            options=variant.option_values,
        )
        for place, variant in enumerate(record.variants)
    }
    sent = content_fingerprint(record, bare, settings)
    return replace(bare, fingerprint=sent, variants=variants)


def as_online(record: Product, **overrides: Any) -> WebProduct:
    """Return what BigCommerce shows after that push."""
    default = a_web_product(
        name=record.name,
        sku=record.sku,
        description=record.description,
        price=record.price,
        cost=record.cost or Decimal(0),
        brand_id=5,
        brand="Pier & Sons",
        tracking=record.tracking,
        level=3,
        variants=tuple(
            WebVariant(StoreVariantId(501 + place), variant.sku, variant.option_values, level=2)
            for place, variant in enumerate(record.variants)
        ),
    )
    return replace(default, **overrides)


def found(record: Product, web: WebProduct, settings: Settings = SETTINGS) -> list[Difference]:
    return list(differences(record, as_sent(record, settings), web, settings))


@pytest.mark.parametrize("record", [a_product(), a_jumper()])
def test_what_was_pushed_and_left_alone_is_no_drift(record: Product) -> None:
    assert found(record, as_online(record)) == []


@pytest.mark.parametrize(
    ("overrides", "field"),
    [
        ({"name": "Another"}, "name"),
        ({"name": "Storm&nbsp;Lantern"}, "name"),
        ({"description": ""}, "description"),
        ({"sku": "X"}, "sku"),
        ({"price": Decimal("39.91")}, "price"),
        ({"cost": Decimal(0)}, "cost"),
        ({"brand_id": 6, "brand": "Other"}, "brand"),
        ({"brand_id": 0, "brand": ""}, "brand"),
        ({"upc": "1"}, "upc"),
        ({"gtin": "1"}, "gtin"),
        ({"tracking": "none"}, "tracking"),
        ({"level": 4}, "stock"),
    ],
)
def test_each_pos_owned_field_that_was_edited_online_is_found_alone(
    overrides: dict[str, Any], field: str
) -> None:
    (difference,) = found(a_product(), as_online(a_product(), **overrides))
    assert (difference.field, difference.moved) == (field, Moved.WEB)


@pytest.mark.parametrize(
    ("record", "overrides"),
    [
        (a_product(price=Decimal("10.99994")), {"price": Decimal("10.9999")}),
        (a_product(cost=None), {"cost": Decimal(0)}),
        (a_product(name="Salt &amp; Pepper "), {"name": "Salt & Pepper"}),
        (a_product(description="a\r\nb"), {"description": "a\nb"}),
        (a_product(brand="PIER & SONS"), {}),
        (a_product(barcodes=Barcodes(upc=" 12 ")), {"upc": "12"}),
        (a_product(stock=(some_stock(-4),)), {"level": 0}),
        (a_product(), {"visible": False}),
    ],
)
def test_values_bigcommerce_keeps_otherwise_are_the_same_values(
    record: Product, overrides: dict[str, Any]
) -> None:
    assert found(record, as_online(record, **overrides)) == []


@pytest.mark.parametrize(
    ("field", "overrides"),
    [(Field.PRICE, {"price": Decimal(1)}), (Field.STOCK, {"level": 9, "tracking": "none"})],
)
@pytest.mark.parametrize("mode", [Mode.OFF, Mode.MANUAL, Mode.CREATE])
def test_a_field_that_is_not_pushed_by_itself_is_no_drift(
    field: Field, overrides: dict[str, Any], mode: Mode
) -> None:
    settings = Settings(fields=FieldPolicy({field: mode}))
    assert found(a_product(), as_online(a_product(), **overrides), settings) == []


def test_a_value_the_pos_changed_after_the_push_moved_there() -> None:
    link, online = as_sent(a_product()), as_online(a_product())
    newer = a_product(version=2, price=Decimal(45), stock=(some_stock(8),))
    moved = {d.field: d.moved for d in differences(newer, link, online, SETTINGS)}
    assert moved == {"price": Moved.POS, "stock": Moved.POS}


def test_a_level_both_sides_left_moved_on_both() -> None:
    link, online = as_sent(a_product()), as_online(a_product(), level=7)
    (difference,) = differences(
        a_product(version=2, stock=(some_stock(8),)), link, online, SETTINGS
    )
    assert difference.moved is Moved.BOTH


def test_a_variant_deleted_online_and_one_added_there_are_told_apart() -> None:
    record = a_jumper()
    online = as_online(record)
    extra = WebVariant(StoreVariantId(900), "NEW", (("Size", "XL"),))
    changed = replace(online, variants=(online.variants[0], extra))
    lost, added = found(record, changed)
    assert (lost.variant, lost.pos, lost.web) == (PosVariantId("v-jumper-m"), "M", "")
    assert (added.pos, added.web, added.moved) == ("", "XL", Moved.WEB)


def test_a_variants_own_price_is_drift_of_that_variant() -> None:
    record = a_jumper()
    online = as_online(record)
    dear = replace(online.variants[1], price=Decimal(99))
    (difference,) = found(record, replace(online, variants=(online.variants[0], dear)))
    assert (difference.place, difference.web) == ("price@v-jumper-m", "99")


def test_two_long_descriptions_that_differ_at_their_end_differ() -> None:
    record = a_product(description="word " * 200)
    (difference,) = found(record, as_online(record, description="word " * 200 + "end"))
    assert difference.pos != difference.web
    assert len(difference.pos) < 350


def test_a_product_deleted_in_the_pos_is_drift_until_it_was_hidden_once() -> None:
    gone = a_product(version=4, deleted=True)
    link, online = as_sent(a_product()), as_online(a_product())
    assert [d.field for d in differences(gone, link, online, SETTINGS)] == ["visibility"]
    hidden = replace(link, visible=False)
    assert differences(gone, hidden, online, SETTINGS) == ()
    assert gone.id == LANTERN


@pytest.mark.parametrize("deleted", [False, True])
def test_a_visibility_that_pushes_do_not_send_moves_nothing(deleted: bool) -> None:
    off = Settings(fields=FieldPolicy({Field.VISIBILITY: Mode.OFF}))
    link = as_sent(a_product())
    record = a_product(active=False, deleted=deleted)
    assert pos_moved(record, link, SETTINGS)
    assert not pos_moved(record, link, off)


def test_a_web_order_is_no_drift_and_a_level_that_hides_one_is() -> None:
    link = as_sent(a_product())
    sold: WebUnits = {None: 2}
    online = as_online(a_product(), level=1)
    assert differences(a_product(), link, online, SETTINGS, sold) == ()
    (put_back,) = differences(a_product(), link, as_online(a_product()), SETTINGS, sold)
    assert (put_back.field, put_back.pos, put_back.web) == ("stock", "1", "3")


def test_the_levels_of_a_refused_version_know_the_web_orders_too() -> None:
    link = replace(as_sent(a_product()), status=LinkStatus.FAILED, failed_version=1, level=1)
    assert not pos_moved(a_product(), link, SETTINGS, {None: 2})
    assert pos_moved(a_product(), link, SETTINGS)
    assert (
        differences(a_product(), link, as_online(a_product(), level=1), SETTINGS, {None: 2}) == ()
    )
