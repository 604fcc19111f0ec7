"""The types of values from outside."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from tillbridge.adapters.borders.values import (
    Money,
    Quantity,
    RecordId,
    Text,
    Version,
    complaint,
    is_sound,
)
from tillbridge.domain.web_product import WebProduct


class A(BaseModel):
    name: Text = ""
    price: Money = Decimal(0)
    count: Quantity = Decimal(0)
    version: Version = 0
    id: RecordId = "p"


def refused(**fields: Any) -> str:
    with pytest.raises(ValidationError) as problem:
        A(**fields)
    return complaint(problem.value)


@pytest.mark.parametrize(
    "odd", ["NaN", "Infinity", "1e999999", "7E1234567", "9" * 5_000, "1_0", "٣"]
)
@pytest.mark.parametrize("field", ["price", "count"])
def test_what_cannot_be_computed_with_is_no_number(field: str, odd: str) -> None:
    assert refused(**{field: odd}) == f"{field} is no number that can be used"


@pytest.mark.parametrize(
    "odd", [True, [], {}, "", "free", float("nan"), "1e-400", Decimal("1E+99")]
)
def test_nor_is_what_is_none(odd: Any) -> None:
    assert refused(price=odd)


@pytest.mark.parametrize("fine", ["12.50", 12, "0E-8", "1E+2", "-5", 0.1, "999999999999999.9999"])
def test_usual_amounts_pass(fine: Any) -> None:
    assert A(price=fine).price == Decimal(str(fine))


def test_a_barcode_in_a_count_is_still_a_number() -> None:
    assert A(count="9" * 48).count == Decimal("9" * 48)


@pytest.mark.parametrize("odd", [None, "", 1.5, -1, 2**63, "1e30", True, [], "seven", float("inf")])
def test_a_version_is_a_whole_number_of_64_bits(odd: Any) -> None:
    assert "version" in refused(version=odd)


@pytest.mark.parametrize("fine", [7, "7", 7.0, Decimal("7.0"), 2**63 - 1])
def test_a_version_may_come_as_a_text(fine: Any) -> None:
    assert A(version=fine).version == int(fine)


@pytest.mark.parametrize("odd", [None, "", "x" * 256, "\ud83d", "a\0b", [], True])
def test_an_id_can_key_a_row(odd: Any) -> None:
    assert "id" in refused(id=odd)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Lamp \ud83d", "name has a broken character (half of an emoji)"),
        ("Lamp\0", "name has a broken character (NUL)"),
        ([], "name is not as it should be"),
    ],
)
def test_a_text_says_what_is_wrong_with_it(name: Any, words: str) -> None:
    assert refused(name=name) == words


def test_three_fields_are_named_and_the_rest_counted() -> None:
    words = refused(name=[], price=[], count=[], version=[], id=[])
    assert words.endswith(", and 2 more")


@pytest.mark.parametrize(
    ("field", "odd"), [("name", "\ud800"), ("price", Decimal("NaN")), ("price", Decimal("1E+99"))]
)
def test_a_value_is_as_sound_as_its_parts(field: str, odd: Any) -> None:
    good: dict[str, Any] = {"id": 1, "name": "Lamp", "price": Decimal(5)}
    assert is_sound((WebProduct(**good),))
    assert not is_sound((WebProduct(**{**good, field: odd}),))
