"""The page of costs says what the counts, the template and the prices come to."""

import itertools
import re

import pytest

from benches import idle_cost
from benches.costs import page
from benches.costs.counted import counted
from benches.costs.month import SIZES, month, shipped
from benches.helpers import prices
from benches.helpers.results import known
from tests.docs.prose import ROOT

PAGE = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
TABLES = page.tables(counted(), shipped())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.partition("|")[2][:20]))
def test_the_page_has_the_tables_that_the_command_prints(table: str) -> None:
    assert table in PAGE, "python -m benches.costs write"


def test_tables_are_put_in_the_place_of_the_older_ones() -> None:
    older = re.sub(r"\$\d+\.\d+", "$7", PAGE)
    assert older != PAGE
    assert page.renewed(older, TABLES) == PAGE


def test_each_line_of_an_idle_deployment_is_explained() -> None:
    lines = [name for name, _ in idle_cost.of_a_deployment(shipped())]
    assert len(lines) == len(page.WHY)
    assert page.idle(shipped()).count("\n") == len(lines) + 2


def test_each_price_is_named_on_the_page_and_has_one_place() -> None:
    ours = {name for name, value in vars(prices).items() if isinstance(value, float)}
    assert len(prices.NAMED) == len(ours) + len(prices.GB_S)
    source = (ROOT / "benches" / "idle_cost.py").read_text(encoding="utf-8")
    assert re.findall(r"\b0\.\d+ ?/ ?1e6|e-6 #", source) == []


@pytest.mark.parametrize(
    ("happening", "story"),
    [
        ("a saved product", "a price"),
        ("a CSV", "a CSV of 100, changed"),
        ("new products", "20 creates"),
        ("a drain that finds nothing", "an idle drain"),
    ],
)
def test_what_was_counted_is_what_the_bench_of_tables_measures(happening: str, story: str) -> None:
    [bench] = [each for each in known() if each.bench == "table_costs"]
    measured = {each.what: each.measured for each in bench.figures}
    each = counted()[happening]
    again = "python -m benches.costs count"
    assert each.writes / each.products == pytest.approx(
        measured[f"{story}, write units"], rel=0.05
    ), again
    assert each.requests / each.products == pytest.approx(
        measured[f"{story}, requests"], rel=0.15
    ), again


def test_a_larger_store_costs_more_on_every_line_but_its_secrets() -> None:
    months = [month(size, counted(), shipped()) for size in SIZES]
    for smaller, larger in itertools.pairwise(months):
        assert all(larger.dollars[line] >= smaller.dollars[line] for line in smaller.dollars)
        assert larger.together > smaller.together


def test_what_changes_alone_is_never_dearer_than_everything() -> None:
    for size in SIZES:
        literal, changed = (month(size, counted(), shipped(), literal=way) for way in (True, False))
        assert changed.together < literal.together
        assert changed.calls < literal.calls
