"""JSON from outside: an odd value spoils no more than its own field."""

import time
from decimal import Decimal

import pytest

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded, is_broken, mended

DEEP = "[" * 200_000 + "]" * 200_000


@pytest.mark.parametrize(
    "number", ["1e999999", "-1E999999", "1e-999999", "1e99999999999999999999", "9" * 5_000, "NaN"]
)
def test_a_number_out_of_all_bounds_stays_a_text_and_takes_no_time(number: str) -> None:
    began = time.perf_counter()
    assert decoded(f'{{"odd": {number}, "price": 1.50}}') == {
        "odd": number,
        "price": Decimal("1.50"),
    }
    assert time.perf_counter() - began < 0.1


def test_what_is_nested_too_deep_keeps_its_kind_and_hides_nothing_beside_it() -> None:
    odd, good = decoded(f'{{"data": [{{"name": {DEEP}, "price": 1}}, {{"id": "}}]"}}]}}')["data"]
    assert isinstance(odd["name"], list)
    assert (odd["price"], good) == (1, {"id": "}]"})


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "", "{", "<html>", b"\xff\xfe", b"\x00\x00\x00\x00", "secret"]
)
def test_what_is_no_json_is_said_to_be_none_and_is_not_quoted(text: str | bytes) -> None:
    with pytest.raises(NotJsonError) as refused:
        decoded(text)
    assert "secret" not in repr(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    "raw",
    [
        b'{"name": "Lamp \\ud83d"}',
        b'{"name": "Lamp \xed\xa0\xbd"}',
        b'{"name": "Caf\xe9"}',
        b'{"name": "Lamp\\u0000"}',
        b'{"name": "Lamp\x00"}',
    ],
)
def test_a_broken_character_is_seen_and_can_be_mended(raw: bytes) -> None:
    assert is_broken(decoded(raw)["name"])
    mend = mended(raw)["name"]
    assert "\ufffd" in mend
    assert mend.encode()


@pytest.mark.parametrize(
    "name", ["Çay 🍵", "\\\\ud83d", "\\ud83c\\udf75", "line\nbreak", "\\u00e9"]
)
def test_whole_characters_stay_as_they_are(name: str) -> None:
    raw = f'{{"name": "{name}"}}'
    assert mended(raw) == decoded(raw)
    assert not is_broken(decoded(raw)["name"])


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decoded(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
