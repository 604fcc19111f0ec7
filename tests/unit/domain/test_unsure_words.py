"""What is not certain of a product online is named, part by part."""

import pytest

from tests.builders import a_link
from tillbridge.domain.link import Doubt, Part
from tillbridge.domain.unsure_words import unsure_words

DOUBT = Doubt(1_000, 2_000)


def test_where_everything_is_certain_nothing_is_said() -> None:
    assert unsure_words(None) == ""
    assert unsure_words(a_link()) == ""


def test_parts_in_doubt_are_named_in_one_sentence() -> None:
    link = a_link(doubts={Part.CONTENT: DOUBT, Part.STOCK: DOUBT, Part.EXISTENCE: DOUBT})
    told = unsure_words(link)
    assert told.startswith(
        "Not certain online: its content, its stock and whether it is still there."
    )


@pytest.mark.parametrize("part", Part)
def test_every_part_has_words(part: Part) -> None:
    assert unsure_words(a_link(doubts={part: DOUBT})).startswith("Not certain online: ")
