"""What happened to a product, line by line."""

from tests.builders import LANTERN
from tests.unit.domain.why.test_reasons import history, level, values
from tillbridge.domain.history.product_line import Did, OrderUnits, ProductLine
from tillbridge.domain.ids import StoreProductId, WebOrderId
from tillbridge.domain.why.timeline import did_words


def told(lines: list[ProductLine]) -> list[str]:
    """Return the words of each line, oldest first."""
    words = [did_words(line, lines[place + 1 :]) for place, line in enumerate(lines)]
    return words[::-1]


def test_of_a_push_only_what_differs_from_the_one_before_is_named() -> None:
    lines = history(
        (Did.CREATED, values(name="Mug", price=1)),
        (Did.STOCK, level(3)),
        (Did.UPDATED, values(name="Mug", price=2)),
    )
    assert told(lines) == ["created in BigCommerce", "stock 3", "sent: price"]


def test_the_first_push_of_a_link_names_all_that_it_sent() -> None:
    lines = history(
        (Did.CREATED, values(name="Mug", price=1)),
        (Did.UNLINKED, {"web": StoreProductId(7)}),
        (Did.LINKED, {"web": StoreProductId(8)}),
        (Did.UPDATED, values(name="Mug", price=1, upc="", gtin="", sku="M")),
    )
    assert told(lines)[1:] == [
        "unlinked from #7",
        "linked to #8",
        "sent: name, price, UPC, GTIN, and 1 more",
    ]


def test_every_kind_of_line_has_words() -> None:
    order = OrderUnits(WebOrderId(1042), None, 2)
    for did in Did:
        line = ProductLine(0, LANTERN, did, words="{odd} words", order=order, online=1)
        assert did_words(line, [])
    assert did_words(ProductLine(0, LANTERN, Did.REFUSED, words="{odd}"), []) == "refused: {odd}"
    assert (
        did_words(ProductLine(0, LANTERN, Did.FOUND, order=order), []) == "web order 1042: owes 2"
    )
