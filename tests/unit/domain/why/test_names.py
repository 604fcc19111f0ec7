"""A field is found by every name that people have for it."""

import pytest

from tillbridge.domain.fields import FIELDS, Field
from tillbridge.domain.web_owned import BIGCOMMERCE_OWNED, THINGS
from tillbridge.domain.why.names import OURS, THEIRS, named


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("price", ["price"]),
        ("PRICE", ["price"]),
        ("cost_price", ["cost"]),
        ("cost", ["cost"]),
        ("brand_id", ["brand"]),
        ("Manufacturer part number", ["manufacturer part number"]),
        ("mpn", ["manufacturer part number"]),
        ("barcodes", ["UPC", "GTIN"]),
        ("barcode", ["UPC", "GTIN"]),
        ("visibility", ["visibility"]),
        ("is_visible", ["visibility"]),
        ("stock", ["stock"]),
        ("tracking", ["stock tracking"]),
        ("sale price", ["sale price"]),
        ("retail_price", ["MSRP"]),
        ("page_title", ["SEO"]),
        ("pictures", ["images"]),
        ("", []),
        ("colour", []),
    ],
)
def test_a_word_names_a_field(text: str, labels: list[str]) -> None:
    assert [each.label for each in named(text)] == labels


def test_every_label_wire_name_and_setting_is_known() -> None:
    for entry in FIELDS.values():
        assert named(entry.label)
        assert named(entry.wire)
    for field in Field:
        assert named(field.value), field
    for wire in BIGCOMMERCE_OWNED:
        (found,) = named(wire)
        assert found.field is None
    assert [each.label for each in THEIRS] == list(THINGS)
    assert len({each.label for each in OURS}) == len(OURS)
