"""Drift, held values, the first push and verify never disagree on whether two values are the same
(tests/property/judges.py)."""

from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.property.judges import SETTINGS, in_pos, online, verdicts
from tillbridge.adapters.bigcommerce.selections import WHOLE
from tillbridge.adapters.bigcommerce.wire_product import read_product
from tillbridge.adapters.pos_cloud.wire import ProductRecord as PosRecord
from tillbridge.domain.drift import differences
from tillbridge.domain.field_values import values
from tillbridge.domain.held import held
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.names import trimmed
from tillbridge.domain.web_product import WebProduct

PIECES = st.sampled_from(
    [
        *("a", "A", "b", " ", "\n", "\r\n", "\r", "\t", "ß", "ẞ", "é", "e\u0301", "<p>"),
        *("&", "&amp;", "&amp;amp;", "&amp", "&not", "&notes;", "&lt;p&gt;", "&#8203;", "\u037e"),
        *("\u00a0", "\u200b", "\u200d", "\u200f"),
    ]
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
DIGITS = st.text("0123456789 ", max_size=4)
AMOUNTS = st.decimals(0, 3, places=5)


def agree(field: str, pos: Any, web: Any, *, of_variant: bool = False) -> None:
    said = verdicts(field, pos, web, of_variant=of_variant)
    assert len(set(said.values())) == 1, said


@given(st.sampled_from(["name", "description", "brand"]), TEXTS, TEXTS)
def test_no_texts_divide_them(field: str, pos: str, web: str) -> None:
    assume(field != "brand" or web == "" or trimmed(web))  # no brand has a name nobody sees
    agree(field, pos, web)


@given(st.sampled_from(["sku", "upc", "gtin"]), DIGITS, DIGITS, st.booleans())
def test_no_codes_divide_them(field: str, pos: str, web: str, of_variant: bool) -> None:
    agree(field, pos, web, of_variant=of_variant)


@given(st.sampled_from(["price", "cost_price"]), AMOUNTS, AMOUNTS)
def test_no_amounts_divide_them(field: str, pos: Decimal, web: Decimal) -> None:
    agree(field, str(pos), web)


@given(AMOUNTS, AMOUNTS)
def test_no_prices_of_variants_divide_them(pos: Decimal, web: Decimal) -> None:
    agree("price", str(pos), web, of_variant=True)


def test_what_was_not_read_differs_for_nobody() -> None:
    record = PosRecord.model_validate(in_pos(False, "upc", "012")).as_domain()
    listed = WebProduct(read_product(online(False, "upc", "")).as_read(WHOLE).id, "Mug", "MUG")
    link = Link(record.id, LinkStatus.LINKED, id=listed.id, visible=True)
    assert values(listed) == {"name": "Mug", "sku": "MUG"}
    assert differences(record, link, listed, SETTINGS) == ()
    assert held(listed, record, link) == {}
