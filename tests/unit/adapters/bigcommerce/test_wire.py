"""Records that are not quite as documented are read all the same, where it does no harm."""

from decimal import Decimal
from typing import Any

import pytest

from tillbridge.adapters.bigcommerce.answer import UnreadableAnswerError
from tillbridge.adapters.bigcommerce.wire import (
    Image,
    in_order,
    read_option,
    read_product,
    read_variant,
)


def test_numbers_that_became_strings_and_strings_that_became_numbers_are_taken() -> None:
    product = read_product({"id": "7", "name": 417, "sku": 12, "view_count": "0"}).shown()
    assert (product.id, product.name, product.sku) == (7, "417", "12")


def test_what_is_null_or_absent_is_blank() -> None:
    product = read_product({"id": 7, "name": None, "sku": None, "variants": None}).shown()
    assert (product.name, product.sku, product.variants, product.image_ids) == ("", "", (), ())


def test_a_variant_keeps_what_the_first_real_one_inherits() -> None:
    variant = read_variant(
        {"id": 1, "sku": "S", "weight": Decimal("2.5"), "width": "", "sale_price": 0, "price": 3}
    ).shown()
    assert variant.inherited == {
        "weight": Decimal("2.5"),
        "width": None,
        "height": None,
        "depth": None,
        "retail_price": None,
        "sale_price": Decimal(0),
    }


def test_option_values_are_read_by_their_labels() -> None:
    option = read_option(
        {"id": 1, "display_name": "Size", "option_values": [{"id": 5, "label": "S"}]}
    ).shown()
    assert option.values == {"S": 5}


def test_images_stand_in_their_order_and_those_without_one_first() -> None:
    images = (Image(id=1, sort_order=2), Image(id=2, sort_order=1), Image(id=3))
    assert in_order(images) == (3, 2, 1)


@pytest.mark.parametrize("record", [None, [], "x", {}, {"id": None}, {"id": "seven"}])
def test_a_record_without_its_id_is_unreadable_and_its_values_are_not_repeated(record: Any) -> None:
    with pytest.raises(UnreadableAnswerError) as error:
        read_product(record)
    assert "seven" not in str(error.value)
