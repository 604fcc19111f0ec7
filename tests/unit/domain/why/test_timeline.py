"""What happened to a product, line by line."""

from decimal import Decimal

from tests.builders import LANTERN
from tests.unit.domain.why.test_reasons import history, level, values
from tillbridge.domain.history.product_line import Did, HolderLevel, OrderUnits, ProductLine
from tillbridge.domain.ids import PosVariantId, StoreProductId, WebOrderId
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


def test_a_level_is_told_with_the_one_before_it_of_the_same_link() -> None:
    def levels(*now: int) -> tuple[HolderLevel, ...]:
        return tuple(
            HolderLevel(PosVariantId(f"v-{n}"), Decimal(units), Decimal(0), 0, units)
            for n, units in enumerate(now)
        )

    lines = [
        ProductLine(5, LANTERN, Did.STOCK, holders=levels(71, 2)),
        ProductLine(4, LANTERN, Did.LOOKED, online=3, holders=levels(3)),
        ProductLine(3, LANTERN, Did.STOCK, holders=levels(69, 2)),
        ProductLine(2, LANTERN, Did.LINKED),
        ProductLine(1, LANTERN, Did.STOCK, holders=levels(5)),
    ]
    assert did_words(lines[0], lines[1:]) == "stock 69 → 71, 2"
    assert did_words(lines[2], lines[3:]) == "stock 69, 2"
    many = ProductLine(6, LANTERN, Did.STOCK, holders=levels(*range(1, 8)), more=3)
    assert did_words(many, []) == "stock 1, 2, 3, 4, and 6 more"
