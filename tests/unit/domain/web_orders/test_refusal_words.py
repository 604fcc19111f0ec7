"""What people read of an order that the POS does not book."""

from dataclasses import replace

import pytest

from tests.unit.domain.web_orders.orders import a_line, an_entry
from tillbridge.domain.web_orders.refusal_words import (
    RefusalCode,
    not_offered_words,
    refusal_words,
)
from tillbridge.domain.web_orders.told import Told

HELD = "Its units are not sold again meanwhile."


def _told(*names: str, linked: bool = True) -> Told:
    lines = [a_line(place, name=name) for place, name in enumerate(names or ("Mug",), 1)]
    told = an_entry(*lines).told
    assert told is not None
    if linked:
        return told
    return replace(told, lines=tuple(replace(line, holder=None) for line in told.lines))


@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_refusal_names_the_order_quotes_the_pos_and_says_what_is_done(
    code: RefusalCode,
) -> None:
    words = refusal_words(code, "Not today", _told())
    assert words.startswith("The POS does not book web order 1041: ")
    assert "Not today" in words
    assert words.endswith(f"tries again every quarter of an hour. {HELD}")


def test_products_that_are_not_linked_are_named_and_not_all_of_many() -> None:
    words = refusal_words(RefusalCode.UNKNOWN_PRODUCT, "?", _told(*"ABCDE", linked=False))
    assert "no product of the POS is linked to 'A', 'B', 'C' and 2 more." in words


def test_a_pos_that_takes_none_has_a_remedy() -> None:
    words = not_offered_words(_told())
    assert "web_orders=ledger" in words
    assert words.endswith(HELD)
