"""Odd things x borders x what stands beside: the neighbours are served in the same run."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.borders.odd_things import ODD_THINGS
from tests.borders.table import BORDERS
from tests.docs.prose import ROOT

ADAPTERS = ROOT / "layers" / "common" / "python" / "tillbridge" / "adapters"
READS = frozenset(
    {
        "decode",
        "decoded",
        "each_readable",
        "every",
        "get_secret_value",
        "json.loads",
        "loads",
        "mended",
        "model_validate",
        "model_validate_json",
        "part_of",
        "reader",
        "told_wait",
        "told_seconds",
        "validate_json",
        "validate_python",
    }
)
"""What a module calls that reads from outside."""

OURS = ("borders", "dynamodb", "pos_mirror")
"""What borders are made of; and tables that nobody else writes to."""

COUNTED = re.compile(r"(\d+) odd things x (\d+) borders")


@pytest.fixture(autouse=True)
def _namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")


def _pairs() -> Iterator[ParameterSet]:
    """Yield each border with each odd thing: a fourth of them, each thing and each border among them, in every run, and
    the others in the long one."""
    for at, (border, odd) in enumerate(product(BORDERS, ODD_THINGS)):
        turn = at // len(ODD_THINGS) + at % len(ODD_THINGS)
        marks = [pytest.mark.long] if turn % 4 else []
        yield pytest.param(border, odd, marks=marks, id=f"{border}-{odd}")


@pytest.mark.parametrize(("border", "odd"), list(_pairs()))
def test_an_odd_thing_spoils_no_neighbour(border: str, odd: str) -> None:
    assert BORDERS[border].cross(ODD_THINGS[odd]) > 0


def _calls(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2]
        if isinstance(node, ast.Attribute) and node.attr == "headers":
            yield "told_wait"


def _readers() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ADAPTERS).with_suffix("").parts): path
        for path in sorted(ADAPTERS.rglob("*.py"))
        if path.relative_to(ADAPTERS).parts[0] not in OURS and READS & set(_calls(path))
    }


def test_every_reader_of_the_adapters_stands_in_the_table_of_borders() -> None:
    covered = {reader for border in BORDERS.values() for reader in border.readers}
    assert _readers().keys() <= covered
    assert len(_readers()) > 15


def test_json_from_outside_is_read_in_one_place() -> None:
    elsewhere = [name for name, path in _readers().items() if "loads" in set(_calls(path))]
    assert elsewhere == []


def test_the_page_of_hard_cases_counts_what_crosses_what() -> None:
    page = (ROOT / "docs" / "hard-cases.md").read_text(encoding="utf-8")
    (told,) = COUNTED.findall(page)
    assert tuple(map(int, told)) == (len(ODD_THINGS), len(BORDERS))
    assert len(ODD_THINGS) >= 40
