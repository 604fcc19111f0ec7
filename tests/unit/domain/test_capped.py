"""Words that are stored are capped in one place, at whole sentences, and say how many more there are."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import a_jumper, a_link, a_variant
from tillbridge.domain.capped import MOST_WORDS, capped, capped_list
from tillbridge.domain.problems import joined
from tillbridge.domain.slices import MOST_LAGS, SliceRecord
from tillbridge.domain.validation import problems


def test_what_fits_stays_as_it_is() -> None:
    assert capped("One. Two.") == "One. Two."
    assert capped_list(["One.", "Two."]) == ("One.", "Two.")


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


def test_a_ledger_keeps_some_of_very_many_lags() -> None:
    record = SliceRecord()
    for _ in range(66):
        record.add_lags(range(1_000))
    assert 0 < len(record.lags_ms) <= MOST_LAGS
