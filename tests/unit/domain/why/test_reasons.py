"""Which line of a product's history made a field what it is."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.builders import LANTERN
from tillbridge.domain.connection import Settings
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import Did, FieldSent, HolderLevel, ProductLine
from tillbridge.domain.ids import PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.why.names import named
from tillbridge.domain.why.reasons import Reason, Standing, reasons
from tillbridge.domain.why.words import level_words, notes, standing_words, value_words

LINK = Link(LANTERN, LinkStatus.LINKED, StoreProductId(101))


def history(*told: tuple[Did, dict[str, Any]]) -> list[ProductLine]:
    """Return lines, newest first, of what is told oldest first; the first is of 0 ms, each a ms later."""
    lines = [ProductLine(ms, LANTERN, did, **line) for ms, (did, line) in enumerate(told)]
    return lines[::-1]


def values(**fields: object) -> dict[str, Any]:
    return {"fields": {name: sent(value) for name, value in fields.items()}}


def level(number: int, variant: str | None = None) -> dict[str, Any]:
    holder = PosVariantId(variant) if variant else None
    return {"holders": (HolderLevel(holder, Decimal(number), Decimal(0), 0, number),)}


def why(field: str, lines: list[ProductLine], link: Link | None = LINK, **modes: Mode) -> Reason:
    settings = Settings(fields=FieldPolicy({Field(name): mode for name, mode in modes.items()}))
    return next(reasons(named(field), lines, link, settings))


def test_the_push_that_changed_it_is_the_oldest_of_those_that_sent_the_same() -> None:
    found = why(
        "price",
        history(
            (Did.CREATED, values(price=12)),
            (Did.UPDATED, values(price=Decimal("14.50"))),
            (Did.UPDATED, values(price=Decimal("14.5"), name="Mug")),
            (Did.STOCK, level(3)),
        ),
    )
    assert found.standing is Standing.SENT
    assert found.line is not None
    assert (found.line.at_ms, found.sure) == (1, True)
    assert value_words(found, found.value) == "14.50"
    assert value_words(found, found.before) == "12.00"


def test_a_value_that_went_away_and_came_back_changed_when_it_came_back() -> None:
    lines = history(
        (Did.CREATED, values(price=1)),
        (Did.UPDATED, values(price=2)),
        (Did.UPDATED, values(price=1)),
    )
    found = why("price", lines)
    assert found.line is not None
    assert found.line.at_ms == 2


def test_what_an_earlier_link_sent_does_not_count() -> None:
    lines = history(
        (Did.CREATED, values(price=1)),
        (Did.UNLINKED, {}),
        (Did.LINKED, {}),
        (Did.UPDATED, values(price=1)),
    )
    found = why("price", lines)
    assert found.line is not None
    assert (found.line.at_ms, found.sure, found.before) == (3, True, None)


def test_while_it_is_not_linked_nothing_of_an_earlier_link_holds() -> None:
    found = why("price", history((Did.CREATED, values(price=1)), (Did.UNLINKED, {})), link=None)
    assert found.standing is Standing.OLDER


def test_of_lines_whose_beginning_is_gone_the_time_is_not_sure() -> None:
    found = why("price", history((Did.UPDATED, values(price=1))))
    assert (found.standing, found.sure) == (Standing.SENT, False)


def test_what_came_in_with_an_import_says_so_until_a_push_sends_it() -> None:
    imported = (Did.IMPORTED, {"by": "mina"})
    found = why("price", history((Did.LEFT_OUT, {}), imported, (Did.STOCK, level(1))))
    assert found.standing is Standing.CAME_IN
    assert found.line is not None
    assert found.line.by == "mina"
    assert why("price", history(imported, (Did.UPDATED, values(price=1)))).standing is Standing.SENT


def test_an_undo_is_what_made_it_so() -> None:
    found = why(
        "price",
        history((Did.LINKED, {}), (Did.UPDATED, values(price=9)), (Did.UNDONE, values(price=5))),
    )
    assert found.standing is Standing.UNDONE
    assert value_words(found, found.before) == "9.00"


def test_what_reconcile_put_right_since_is_told_beside_it() -> None:
    lines = history(
        (Did.CREATED, values(name="Mug")),
        (Did.REPAIRED, {"fields": {"name": FieldSent("Mug SALE", "")}}),
        (Did.ACCEPTED, {"fields": {"name": FieldSent("Mug!", "")}, "by": "mina"}),
    )
    found = why("name", lines)
    assert found.line is not None
    assert found.line.at_ms == 0
    accepted, repaired = notes(found)
    assert "mina accepted that BigCommerce has 'Mug!'" in accepted
    assert "reconcile found 'Mug SALE' online" in repaired


def test_what_was_put_right_before_it_changed_is_not_told() -> None:
    lines = history(
        (Did.CREATED, values(name="Mug")),
        (Did.REPAIRED, {"fields": {"name": FieldSent("Mug SALE", "")}}),
        (Did.UPDATED, values(name="Cup")),
    )
    assert list(notes(why("name", lines))) == []


def test_bigcommerces_own_fields_are_never_sent() -> None:
    found = why("weight", history((Did.CREATED, values(price=1))))
    assert standing_words(found) == "BigCommerce owns it; Tillbridge never sends it."


def test_the_settings_that_keep_a_field_back_are_told() -> None:
    found = why("price", [], price=Mode.OFF)
    assert "BigCommerce's own" in standing_words(found)
    assert list(notes(found)) == ["This store's settings do not send it (price=off)."]
    assert "(price=manual)" in next(notes(why("price", [], price=Mode.MANUAL)))
    assert "(categories=create)" in next(notes(why("categories", [])))


def test_a_value_that_bigcommerce_keeps_is_told_with_the_poss() -> None:
    found = why("name", [], link=replace(LINK, held={"name": "A long name"}))
    assert "which is 'A long name'" in next(notes(found))


def test_of_a_line_without_room_a_change_may_be_missing() -> None:
    lines = history((Did.CREATED, values(name="Mug") | {"more": 3}))
    assert any("no room" in each for each in notes(why("description", lines)))
    assert why("description", lines).standing is Standing.OLDER
    assert not any("no room" in each for each in notes(why("name", lines)))


def test_where_variants_fields_are_left_the_products_are_all_there() -> None:
    lines = history((Did.CREATED, values(**{"name": "Mug", "s.sku": "MUG-S"}) | {"more": 3}))
    assert why("condition", lines).standing is Standing.NONE


def test_what_the_pos_has_none_of_was_never_sent() -> None:
    found = why("condition", history((Did.CREATED, values(name="Mug"))))
    assert found.standing is Standing.NONE


def test_a_level_is_told_with_its_newest_sum_since_it_is_that() -> None:
    lines = history(
        (Did.CREATED, values(name="Mug")),
        (Did.STOCK, level(5)),
        (Did.STOCK, level(4)),
        (Did.RAISED_DEBT, {"holders": (HolderLevel(None, Decimal(6), Decimal(1), 1, 4),)}),
    )
    found = why("stock", lines)
    assert found.line is not None
    assert found.level is not None
    assert (found.line.at_ms, found.before) == (2, FieldSent("5", ""))
    assert level_words(found.level) == (
        "on hand 6, committed 1, promised on the web 1, safety stock 0 = 4"
    )


def test_a_sum_tells_what_is_kept_back_and_what_is_owed() -> None:
    kept = HolderLevel(None, Decimal("5.50"), Decimal(0), 1, 2)
    assert level_words(kept).endswith(
        "on hand 5.5, committed 0, promised on the web 1, safety stock 2 = 2"
    )
    owed = HolderLevel(None, Decimal(1), Decimal(0), 3, 0)
    assert level_words(owed).endswith("= -2: 2 more than there are, so 0 is shown")


def test_each_variant_has_its_own_reasons() -> None:
    variants = {
        PosVariantId(name): LinkedVariant(StoreVariantId(number), options=(("Size", name),))
        for number, name in enumerate(["s", "m.1"])
    }
    link = replace(LINK, variants=variants)
    lines = history(
        (Did.CREATED, values(**{"price": 9, "s.price": None, "m.1.price": 12})),
        (Did.STOCK, level(2, "s")),
        (Did.STOCK, level(7, "m.1")),
    )
    prices = list(reasons(named("price"), lines, link, Settings()))
    assert [value_words(each, each.value) for each in prices] == [
        "9.00",
        "(the product's)",
        "12.00",
    ]
    stock = list(reasons(named("stock"), lines, link, Settings()))
    assert [(each.variant, each.level and each.level.level) for each in stock] == [
        ("s", 2),
        ("m.1", 7),
    ]


def test_a_value_without_room_is_not_said_to_be_blank() -> None:
    no_room = FieldSent("", sent("something").digest)
    found = why("name", history((Did.CREATED, {"fields": {"name": no_room}})))
    assert value_words(found, found.value) == "(too long to be kept)"
    assert value_words(found, sent("")) == "(blank)"
    older = history(
        (Did.CREATED, values(name="something")), (Did.UPDATED, {"fields": {"name": no_room}})
    )
    kept = why("name", older)
    assert value_words(kept, kept.value) == "something"
