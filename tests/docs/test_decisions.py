"""The decisions in docs/adr have one shape, so that a reader finds the refused alternatives at
once."""

from pathlib import Path

import pytest

from tests.docs.prose import ROOT, headings

DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
HEADINGS = ("Status", "Context", "Decision", "Refused alternatives", "Consequences")


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: str(page.name))
def test_a_decision_has_its_number_the_five_headings_and_half_a_page(page: Path) -> None:
    title, *others = headings(page)
    assert title.startswith(f"{int(page.name[:4])}. ")
    assert tuple(others) == HEADINGS
    assert len(page.read_text(encoding="utf-8").split()) < 450


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == [*range(1, len(DECISIONS) + 1)]
