"""A page that says which test shows something names one that there is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.prose import PAGES, ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
THREATS = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
UNSHOWN = ("not defended", "nothing is defended")
"""How a row of the threat model begins that no test shows."""


@cache
def _tests(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _missing(text: str) -> list[str]:
    return [
        f"{file}::{name}"
        for file, name in NAMED.findall(text)
        if not name.startswith("test_")
        or not (ROOT / file).exists()
        or name not in _tests(ROOT / file)
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_a_page_names_is_there(page: Path) -> None:
    assert _missing(page.read_text(encoding="utf-8")) == []


def test_a_test_that_is_gone_is_found() -> None:
    here = Path(__file__).relative_to(ROOT)
    gone = [f"`{here}::test_of_nothing`", f"`{here}::_tests`", "`tests/docs/gone.py::test_it`"]
    assert len(_missing(" ".join(gone))) == len(gone)


def test_each_threat_has_its_test_or_says_that_there_is_none() -> None:
    model = THREATS.partition("## Threat model")[2].partition("\n## ")[0]
    rows = [line for line in model.splitlines() if line.startswith("| ")]
    told = [row for row in rows if not row.startswith(("| stolen |", "| who |"))]
    assert len(told) > 20
    assert [
        row
        for row in told
        if not NAMED.search(row) and not row.rsplit("| ", 1)[1].startswith(UNSHOWN)
    ] == []
