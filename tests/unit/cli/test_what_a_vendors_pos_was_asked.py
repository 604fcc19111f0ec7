"""A demo holds the calls of a vendor's POS against what its API needs."""

from dataclasses import replace

from cli.demo.vendor import VendorFigures

FIGURES = VendorFigures(
    calls={"GET /products": 3, "POST /inventory": 2},
    most_calls=5,
    refused=0,
    polls=2,
    lag=(1.0, 2.0),
)


def broken(figures: VendorFigures) -> list[str]:
    return [words for words, kept in figures.checks.items() if not kept]


def test_as_many_calls_as_the_api_needs_break_no_promise() -> None:
    assert broken(FIGURES) == []


def test_one_call_more_is_a_promise_that_was_not_kept() -> None:
    (words,) = broken(replace(FIGURES, most_calls=4))
    assert "no more often than its API needs (4 calls)" in words


def test_a_call_over_the_quota_is_said() -> None:
    assert broken(replace(FIGURES, refused=1)) == ["The POS throttled no call (429)"]


def test_the_figures_have_their_public_names() -> None:
    told = FIGURES.json()
    assert told == {
        "calls": {"GET /products": 3, "POST /inventory": 2},
        "most_calls": 5,
        "own_429": 0,
        "polls": 2,
    }
