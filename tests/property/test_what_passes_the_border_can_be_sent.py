"""Whatever record the border lets through can be planned and encoded; whatever it refuses says why."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import a_connection
from tests.property.records import ANYTHING, RECORDS, as_json
from tillbridge.adapters.bigcommerce.encoding import encode
from tillbridge.adapters.borders.json_texts import NotJsonError, decoded, mended
from tillbridge.adapters.borders.values import is_sound
from tillbridge.adapters.pos_cloud.client import products_of
from tillbridge.domain.mapping import all_content, all_variant_content, creation, fingerprint
from tillbridge.domain.product import Product
from tillbridge.domain.row_composing import pos_row
from tillbridge.domain.stock_levels import levels, odd_counts
from tillbridge.domain.validation import problems

SETTINGS = a_connection().settings


def _read(record: Any) -> list[Product]:
    return products_of([decoded(as_json(record))])


@given(RECORDS)
def test_a_record_that_passes_can_be_planned_and_encoded(record: dict[str, Any]) -> None:
    (product,) = _read(record)
    found = problems(product)
    assert is_sound(tuple(problem.words for problem in found))
    assert all(0 <= level.level < 2**31 for level in levels(product, SETTINGS).values())
    assert is_sound(odd_counts(product, SETTINGS))
    if product.unreadable:
        assert found[0].code == "pos_record_unreadable"
        return
    assert is_sound(pos_row(product, SETTINGS))
    contents = [all_content(product, None), creation(product, SETTINGS.fields, [])]
    contents += [all_variant_content(variant, None) for variant in product.variants]
    for content in contents:
        assert encode(content)
        assert fingerprint(content)


_NAMED = st.dictionaries(
    st.sampled_from(["name", "price", "stock", "variants"]) | st.text(), ANYTHING
)


@given(ANYTHING | _NAMED.map(lambda record: record | {"id": "p-1"}))
@example({"id": "p-1"})  # it is somebody's, whatever is drawn
def test_of_any_record_at_all_there_is_a_product_in_words_or_nobodys(record: Any) -> None:
    for product in _read(record):
        assert is_sound(product.id)
        assert problems(product) or not product.unreadable


@given(ANYTHING)
def test_what_is_mended_can_be_kept_and_what_is_whole_is_not_changed(value: Any) -> None:
    raw = as_json(value)
    assert json.dumps(mended(raw), default=str, ensure_ascii=False).encode()
    if b"\\ud" not in raw and b"\\u0000" not in raw:
        assert repr(mended(raw)) == repr(decoded(raw))


@given(ANYTHING)
def test_half_a_text_is_json_or_said_to_be_none(value: Any) -> None:
    raw = as_json(value)
    with suppress(NotJsonError):
        decoded(raw[: len(raw) // 2])
