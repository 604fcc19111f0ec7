"""No "1 products": a number that may be one goes through `counted`, wherever the command line says how many."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.counted import counted

NOUN = re.compile(r"^ (?:[a-zA-Z-]+ )?([a-z]+s)\b")
"""What follows a number: a noun in the plural, with one word before it at most."""

NO_NOUN = frozenset(
    [
        "is",
        "was",
        "has",
        "as",
        "its",
        "this",
        "does",
        "differs",
        "s",
        "less",
        "tells",
        "says",
        "pages",
        "names",
        "takes",
        "asks",
        "means",
        "links",
        "seconds",
    ]
)
"""Words that end as plurals do. A span of seconds is said as it is."""


def _plurals(code: str) -> Iterator[str]:
    for text in ast.walk(ast.parse(code)):
        if not isinstance(text, ast.JoinedStr):
            continue
        for value, after in zip(text.values, text.values[1:], strict=False):
            if not (isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant)):
                continue
            found = NOUN.match(str(after.value))
            if found and found[1] not in NO_NOUN and _may_be_one(ast.unparse(value.value)):
                yield f"{{{ast.unparse(value.value)}}}{found[0]}"


def _may_be_one(value: str) -> bool:
    """Return whether this is a number, and no constant of ours, which is more than one."""
    counts = value.startswith(("len(", "sum(")) or value.endswith(
        ("total()", "count", "done", "found", "left", "tries", "attempts", "received", "compared")
    )
    return counts or value.endswith(("pages", "products", "orders", "drift", "placed", "variants"))


def test_the_command_line_says_no_number_with_a_wrong_noun(repository: Path) -> None:
    found = {
        str(path.relative_to(repository)): said
        for path in sorted((repository / "cli").rglob("*.py"))
        if (said := list(_plurals(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code", ['f"{len(found)} products"', 'f"{run.compared:,} linked products"']
)
def test_a_wrong_noun_is_found(code: str) -> None:
    assert list(_plurals(code))


@pytest.mark.parametrize(
    ("number", "thing", "said"),
    [(1, "product", "1 product"), (0, "call", "0 calls"), (1_200, "batch", "1,200 batches")],
)
def test_a_number_has_its_noun(number: int, thing: str, said: str) -> None:
    assert counted(number, thing) == said
