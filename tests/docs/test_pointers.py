"""Whatever a page, docstring or comment points to is in this repository."""

from pathlib import Path

import pytest

from tests.docs.prose import PAGES, ROOT, dead_ends, other_files, prose, python_files

NOT_HERE = "no-such-page" + ".md"
"""Spelled so that no reader of this file takes it for a pointer."""


def _all_dead_ends(paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {gone}"
        for path in paths
        for text in prose(path)
        for gone in dead_ends(text)
    ]


def test_docstrings_and_comments_of_python_files_point_to_what_is_here() -> None:
    assert _all_dead_ends(python_files()) == []


def test_comments_of_the_template_of_settings_and_of_scripts_point_to_what_is_here() -> None:
    assert _all_dead_ends(other_files()) == []


def test_pages_point_to_what_is_here() -> None:
    assert _all_dead_ends(PAGES) == []


@pytest.mark.parametrize(
    "text",
    [
        "Never backwards (OUTLINE 2, Versions).",
        "Never backwards, see OUTLINE.",
        "Blank where it has none (workshop notes).",
        "Blank, as we know from the workshop notes.",
        "Product lists too long for an event (till-contract, size limits).",
        "As the design asks.",
        f"BigCommerce keeps them raw ({NOT_HERE} 8.6).",
        "Promise 4 holds, by rule 2.",
        "A late write is not doubted (A7).",
        "Calls a window (docs: api-rate-limits).",
        "Calls a window (docs/api-rate-limits).",
        "As ADR 99 decided.",
        "The file `sandbox/bigcommerce/no_such_file.py`.",
        "In short (docs/architecture.md, No Such Heading).",
        "What the files get wrong (spec/somewhere).",
    ],
)
def test_a_locked_door_is_found(text: str) -> None:
    assert dead_ends(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "One drain a store (docs/architecture.md, One writer a store): the quota is its own.",
        "Settings as people write them (docs/settings.md).",
        "As docs/csv-files.md says, see also `sandbox/pos/` and ADR 3.",
        "BigCommerce documents 150 calls in 30 seconds.",
        "A problem document (RFC 9457) with HTTP 429, stored in S3; the row `C2` is left out.",
        "template.yaml and pos-api.openapi.yaml.",
    ],
)
def test_an_open_door_is_none(text: str) -> None:
    assert dead_ends(text) == []


def test_docstrings_below_constants_and_comments_over_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "some.py"
    path.write_text('"""One."""\n\nA = 1\n"""Two\nthree."""\n# four\n# five\nB = "six"  # seven\n')
    assert list(prose(path)) == ["One.", "Two three.", "four five", "seven"]
