"""Records that are not quite as documented are read all the same where that does no harm."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tillbridge.adapters.bigcommerce.answer import UnreadableAnswerError
from tillbridge.adapters.bigcommerce.selections import (
    COMPARED,
    LISTED,
    PLACED,
    SCALARS,
    WHOLE,
    Selection,
)
from tillbridge.adapters.bigcommerce.wire import read_option
from tillbridge.adapters.bigcommerce.wire_product import (
    ImageRecord,
    read_product,
    read_variant,
    web_images,
)
from tillbridge.domain.field_values import values
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.web_product import NOT_READ, WebProduct


def test_numbers_that_became_strings_and_strings_that_became_numbers_are_taken() -> None:
    product = read_product({"id": "7", "name": 417, "sku": 12, "view_count": "0"}).as_read(LISTED)
    assert (product.id, product.name, product.sku) == (7, "417", "12")


def test_what_is_null_or_absent_is_blank() -> None:
    product = read_product({"id": 7, "name": None, "sku": None, "variants": None}).as_read(PLACED)
    assert (product.name, product.sku, product.variants, product.image_ids) == ("", "", (), ())


def test_a_variant_keeps_what_the_first_real_one_inherits() -> None:
    variant = read_variant(
        {"id": 1, "sku": "S", "weight": Decimal("2.5"), "width": "", "sale_price": 0, "price": 3}
    ).as_read()
    assert variant.owned == {"weight": Decimal("2.5"), "sale_price": Decimal(0)}


def test_option_values_are_read_by_their_labels() -> None:
    option = read_option(
        {"id": 1, "display_name": "Size", "option_values": [{"id": 5, "label": "S"}]}
    ).as_read()
    assert option.values == {"S": 5}


def test_images_stand_in_their_order_and_those_without_one_first() -> None:
    images = (ImageRecord(id=1, sort_order=2), ImageRecord(id=2, sort_order=1), ImageRecord(id=3))
    assert [image.id for image in web_images(images)] == [3, 2, 1]


@pytest.mark.parametrize("selection", [LISTED, PLACED, COMPARED, WHOLE])
def test_what_a_call_does_not_ask_for_is_not_read_whatever_the_answer_says(
    selection: Selection,
) -> None:
    product = read_product({"id": 7, "price": 9, "upc": "1"}).as_read(selection)
    of_ours = {ours: wire for wire, ours in SCALARS.items()}
    unread = {name for name in of_ours if getattr(product, name) is NOT_READ}
    assert unread == {name for name, wire in of_ours.items() if wire not in selection.fields}
    assert (product.images is NOT_READ) is ("images" not in selection.include)


@pytest.mark.parametrize("selection", [COMPARED, WHOLE])
def test_whoever_compares_asks_for_every_field_that_is_compared(selection: Selection) -> None:
    product = replace(read_product({"id": 7}).as_read(selection), brand="")
    assert set(values(product)) == set(FIELDS)


@pytest.mark.parametrize(
    ("selection", "answer"),
    [
        (COMPARED, {"primary_image": {"url_thumbnail": "small.jpg", "url_zoom": "large.jpg"}}),
        (
            WHOLE,
            {
                "images": [
                    {"id": 1, "sort_order": 0, "url_thumbnail": "other.jpg"},
                    {"id": 2, "sort_order": 1, "url_thumbnail": "small.jpg", "is_thumbnail": True},
                ]
            },
        ),
    ],
)
def test_the_thumbnail_is_the_same_however_it_was_read(
    selection: Selection, answer: dict[str, Any]
) -> None:
    product: WebProduct = read_product({"id": 7, **answer}).as_read(selection)
    assert product.thumbnail == "small.jpg"


@pytest.mark.parametrize("record", [None, [], "x", {}, {"id": None}, {"id": "seven"}])
def test_a_record_without_its_id_is_unreadable_and_its_values_are_not_repeated(record: Any) -> None:
    with pytest.raises(UnreadableAnswerError) as error:
        read_product(record)
    assert "seven" not in str(error.value)
