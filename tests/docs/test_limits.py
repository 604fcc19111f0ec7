"""The page of limits says the numbers that the code has."""

import pkgutil
import re
from functools import reduce
from typing import Any

import pytest

from benches.scale.reached import ASK, reached, table
from sandbox.aws.package import load_template
from tests.docs.prose import ROOT

PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| (?P<told>[^|]+) \|[^|]+\| `(?P<where>[^`]+)` \|$", re.MULTILINE
)
ROWS = ROW.findall(PAGE)
TEMPLATE = load_template(ROOT / "template.yaml")
UNITS = {
    "minutes": 60,
    "hours": 3_600,
    "days": 86_400,
    "MB": 1_024 * 1_024,
    "kB": 1_024,
}


def _told(text: str, name: str) -> int:
    """Return a number of the page in the unit of the constant that has this name."""
    number, _, unit = text.partition(" ")
    value = int(number.replace(",", ""))
    if not unit or (unit == "days" and name.endswith(("DAYS", "Default"))):
        return value
    return value * UNITS[unit] * (1_000 if name.endswith("_MS") else 1)


def _in_the_code(where: str) -> Any:
    if where.startswith("template.yaml "):
        path = where.removeprefix("template.yaml ").split(".")
        found: Any = reduce(lambda found, part: found[part], path, TEMPLATE)
        # What depends on a parameter is told as it is where nobody gives that: the condition does not hold.
        return found["Fn::If"][2] if isinstance(found, dict) else found
    return pkgutil.resolve_name(where)


@pytest.mark.parametrize(("what", "told", "where"), ROWS, ids=[row[0] for row in ROWS])
def test_a_limit_is_the_number_that_the_code_has(what: str, told: str, where: str) -> None:
    assert _told(told, where) == _in_the_code(where), what


def test_every_row_with_a_place_is_read() -> None:
    places = re.findall(r"\| `(?:tillbridge\.|template\.yaml )[^`]+` \|$", PAGE, re.MULTILINE)
    assert len(ROWS) == len(places) > 50


def test_a_number_that_is_not_the_codes_is_found() -> None:
    assert _told("16 minutes", "STALE_PATIENCE_MS") != 15 * 60_000
    assert _told("15 minutes", "STALE_PATIENCE_MS") == 15 * 60_000
    assert _told("90 days", "KEPT_SECONDS") == 90 * 86_400
    assert _told("14 days", "KEPT_DAYS") == 14


def test_the_bottlenecks_are_those_that_were_played_last() -> None:
    assert reached().keys() == ASK.keys()
    assert table(reached()) in PAGE, "python -m benches.scale.reached"
