"""The table of lanes is the only list of them."""

import ast
from pathlib import Path

import pytest

from tests.builders import STORE
from tillbridge.adapters.dynamodb.keys import pending_partition, pending_partitions
from tillbridge.domain.lanes import ENTRY, INTERRUPTING, LANES, PRODUCT_LANES, Holds, Lane

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "layers/common/python/tillbridge/domain/lanes.py"
CODE = [
    path
    for folder in ("layers/common/python", "cli", "functions", "sandbox")
    for path in (ROOT / folder).rglob("*.py")
    if path != TABLE
]


def test_every_lane_stands_once_in_the_table() -> None:
    assert [entry.lane for entry in LANES] == list(Lane)
    assert set(ENTRY) == set(Lane)


def test_what_people_wait_for_may_spend_the_reserve_and_stock_too_and_windows_may_not() -> None:
    for entry in LANES:
        assert entry.reserve is not entry.in_windows, entry
        assert not (entry.interrupts and entry.in_windows), entry


def test_requests_about_links_go_before_pushes_that_people_asked_for() -> None:
    assert INTERRUPTING == (Lane.LINKS, Lane.ASKED)
    assert [lane for lane in Lane if ENTRY[lane].holds is Holds.REQUESTS] == [Lane.LINKS]
    assert Lane.LINKS not in PRODUCT_LANES


@pytest.mark.parametrize("lane", list(Lane))
def test_a_row_lies_in_one_of_its_lanes_partitions(lane: Lane) -> None:
    partitions = pending_partitions(STORE, lane)
    assert len(partitions) == ENTRY[lane].shards
    assert {pending_partition(STORE, lane, f"p-{n}") for n in range(99)} == set(partitions)


def test_no_other_module_lists_lanes() -> None:
    listed = {
        str(path.relative_to(ROOT)): found
        for path in CODE
        if (found := list(_lists(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert listed == {}


def _lists(tree: ast.AST) -> list[str]:
    """Return the places where a module names several lanes in one list, set or table, or walks
    through them all by their names."""
    found = []
    for node in ast.walk(tree):
        parts: list[ast.expr | None] = []
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            parts = [*node.elts]
        elif isinstance(node, ast.Dict):
            parts = [*node.keys]
        if sum(_is_lane(part) for part in parts) > 1:
            found.append(ast.unparse(node))
    return found


def _is_lane(node: ast.expr | None) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Lane"
    )
