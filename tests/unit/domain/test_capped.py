"""Words that are stored are capped in one place, at whole sentences, and say how many more there are."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import JUMPER, a_jumper, a_link, a_row, a_variant, linked_variants
from tillbridge.domain.capped import ENDING, MOST_WORDS, capped, capped_list
from tillbridge.domain.connection import Settings
from tillbridge.domain.left_out import without
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import GoesOn
from tillbridge.domain.problems import joined
from tillbridge.domain.validation import problems
from tillbridge.domain.what_goes_on import with_what_goes_on


def test_what_fits_stays_as_it_is() -> None:
    assert capped("One. Two.") == "One. Two."
    assert capped_list(["One.", "Two."]) == ("One.", "Two.")
    assert capped_list(["One.", "Two."], 10) == ("One.", "Two."), "as long as there is room"


def test_what_does_not_fit_ends_with_a_whole_sentence_and_the_number_of_the_others() -> None:
    told = capped(" ".join(f"Sentence {number} is wrong." for number in range(1_000)))
    assert len(told) <= MOST_WORDS
    kept = told.count(" is wrong.")
    assert told.endswith(f"is wrong. And {1_000 - kept} more of the same kind.")


def test_one_endless_sentence_is_cut() -> None:
    assert len(capped("x" * 100_000)) <= MOST_WORDS


def test_a_product_whose_every_variant_has_problems_fits_its_row() -> None:
    sizes = [str(number) for number in range(600)]
    bad = [replace(a_variant(size), price=Decimal(-1), cost=Decimal(-1)) for size in sizes]
    found = problems(a_jumper(variants=tuple(bad)))
    assert sum(len(problem.words) for problem in found) > 50_000
    link = a_link(
        problem=joined(found), notes=("A note.",) * 5_000, odd_counts=("The count is odd.",) * 5_000
    )
    assert link.problem is not None
    for words in (link.problem.words, " ".join(link.notes), " ".join(link.odd_counts)):
        assert len(words) <= MOST_WORDS + 1
        assert words.endswith("more of the same kind.")


def test_what_was_capped_before_counts_all_that_it_left_out() -> None:
    told = capped(" ".join(f"Sentence {number} is wrong." for number in range(1_000)))
    longer = capped(f"{told} {'One more is wrong. ' * 10}".strip())
    assert longer.count(" more of the same kind.") == 1
    assert longer.endswith(f"And {1_010 - longer.count(' is wrong.')} more of the same kind.")


@pytest.mark.parametrize("number", range(1_900, 2_100, 7))
def test_what_comes_last_is_never_left_out(number: int) -> None:
    told = capped("It is wrong. " * (number // 13) + "x" * (number % 13), "The rest goes on.")
    assert len(told) <= MOST_WORDS
    assert told.endswith(" The rest goes on.")


def test_there_is_room_for_every_ending() -> None:
    assert max(map(len, GoesOn)) < ENDING


@pytest.mark.parametrize("length", range(0, 60, 7))
def test_a_link_with_many_problems_still_says_what_goes_on(length: int) -> None:
    sizes = [str(number) for number in range(200)]
    bad = tuple(replace(a_variant(size), sku=f"{'x' * length}/{size}") for size in sizes)
    record = a_jumper(variants=bad)
    link = a_link(JUMPER, variants=linked_variants(*sizes), tracking="variant")
    work = WorkItem((a_row(JUMPER),), record, link)
    found = joined(problems(record))
    rest = without(work, found, {}).left_out
    assert rest is not None
    for problem, last in (
        (rest.problem, GoesOn.REST),
        (with_what_goes_on(found, work, Settings()), GoesOn.ALL),
    ):
        told = replace(link, problem=problem).problem
        assert told is not None
        kept = told.words.count("which BigCommerce refuses")
        assert told.words.endswith(f"And {200 - kept} more of the same kind. {last}")
