"""The links of a store as a file: written so that nothing runs, and read with words for each odd row."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.cannot_run import CannotRun
from cli.sides.link_file import Row, Unusable, as_csv, as_json_lines, fits_csv, read_rows
from tests.builders import a_link, linked_variants
from tillbridge.domain.ids import PosProductId, StoreProductId

HASH, SHOP = "abc123", "harbour"
HEADER = "store_hash,product_id,bigcommerce_id"


def read(text: str | bytes) -> Sequence[Row | Unusable]:
    packed = text if isinstance(text, bytes) else text.encode()
    return list(read_rows(io.BytesIO(packed), HASH, SHOP))


def refused(text: str | bytes) -> list[tuple[int, str]]:
    return [(each.line, each.field) for each in read(text) if isinstance(each, Unusable)]


IDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30
).filter(str.strip)


@given(product=IDS, name=st.text(st.characters(codec="utf-8")), number=st.integers(1, 2**53 - 1))
def test_what_is_exported_is_read_again(product: str, name: str, number: int) -> None:
    link = a_link(product, id=number, name=name)
    told = PosProductId(product), StoreProductId(number)
    assert read("".join(as_json_lines(HASH, [link]))) == [Row(1, *told)]
    if fits_csv(link):
        (row,) = read("".join(as_csv(HASH, [link])))
        assert isinstance(row, Row)
        assert (row.product, row.number) == told


def test_a_file_has_the_variants_and_no_cell_that_a_spreadsheet_would_run() -> None:
    link = a_link(
        "=cmd|' /C calc'!A0", sku="+1", name="@SUM(A1)\x1b[2J", variants=linked_variants("S")
    )
    text = "".join(as_csv(HASH, [link]))
    (row,) = csv.DictReader(io.StringIO(text))
    assert all(not value.startswith(("=", "+", "-", "@")) for value in row.values())
    assert "\x1b" not in text
    assert [each["bigcommerce_id"] for each in json.loads(row["variants"])] == [501]
    assert not fits_csv(a_link("p\n1"))


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADER}\r\n{HASH},p-1,7\r\n",
        f"sep=;\n{HEADER.replace(',', ';')}\n{HASH};p-1;7\n",
        f"{HEADER.replace(',', chr(9))}\n{HASH}\tp-1\t7\n".encode("utf-16"),
        f'Name, BIGCOMMERCE_ID ,Product_Id,store_hash\n\n"a\nb", 7,p-1,{HASH.upper()}\n',
        json.dumps({"store_hash": HASH, "product_id": "p-1", "bigcommerce_id": 7}),
    ],
)
def test_a_file_of_any_spreadsheet_is_read(text: Any) -> None:
    (row,) = read(text)
    assert isinstance(row, Row)
    assert (row.product, row.number) == ("p-1", 7)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (f"{HASH},,7", "product_id"),
        (f"{HASH},{'p' * 256},7", "product_id"),
        (f"{HASH},p-1,", "bigcommerce_id"),
        (f"{HASH},p-1,0", "bigcommerce_id"),
        (f"{HASH},p-1,1.2E+3", "bigcommerce_id"),
        (f"{HASH},p-1,-7", "bigcommerce_id"),
        (f"{HASH},p-1,\u0667", "bigcommerce_id"),
        (f"{HASH},p-1,{'9' * 5000}", "bigcommerce_id"),
        (",p-1,7", "store_hash"),
        (f"{HASH},p-1,7,8", "row"),
        (f'{HASH},"p"1,7', "row"),
        (f"{HASH},{'p' * 200_000},7", "row"),
    ],
)
def test_an_odd_row_is_refused_by_line_and_field_and_hides_no_other(cells: str, field: str) -> None:
    csv.field_size_limit(131_072)  # Python's own, which a reader of other files may have raised
    text = f"{HEADER}\n{HASH},p-0,6\n{cells}\n{HASH},p-2,8\n"
    assert refused(text) == [(3, field)]
    assert [row.product for row in read(text) if isinstance(row, Row)] == ["p-0", "p-2"]


def test_bytes_that_are_no_utf_8_and_json_of_another_kind_are_refused() -> None:
    assert refused(f"{HEADER}\n{HASH},caf".encode() + b"\xe9,7\n") == [(2, "product_id")]
    good = json.dumps({"store_hash": HASH, "product_id": "p-1", "bigcommerce_id": 7})
    odd = '{"store_hash": "abc123", "product_id": ["p"], "bigcommerce_id": true}'
    assert refused(f"{good}\n[1]\n{'[' * 100_000}\n{odd}\n") == [
        (2, "row"),
        (3, "row"),
        (4, "product_id"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("product,number\n1,2\n", "header needs the columns"),
        (f"{HEADER},product_id\n", "each once"),
        ("PK\x03\x04\x00\x00", "header needs the columns"),
        (f"{HEADER}\n{HASH},p-1,7\nother,p-2,8\n", "Line 3 is of the BigCommerce store 'other'"),
    ],
)
def test_a_file_that_is_none_of_this_stores_links_is_refused_whole(text: str, words: str) -> None:
    with pytest.raises(CannotRun, match=words):
        read(text)
