"""The table of lanes is the only list of them."""

import ast
from pathlib import Path

from tests.builders import STORE
from tillbridge.adapters.dynamodb import keys
from tillbridge.domain.lanes import ENTRY, INTERRUPTING, LANES, PRODUCT_LANES, Holds, Lane, Place

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


def test_a_key_says_its_store_its_lane_and_its_product() -> None:
    for lane in Lane:
        key = keys.pending(STORE, lane, "p-1#x")
        partition, sk = key["pk"]["S"], key["sk"]["S"]
        assert (keys.store_of(partition), keys.lane_of(sk)) == (STORE, lane)
        assert keys.product_of(sk) == "p-1#x"
        drained = ENTRY[lane].place is not Place.BOOK
        assert (partition in keys.pending_partitions(STORE)) is drained


def test_lanes_of_thousands_lie_apart_and_so_does_what_another_function_works_on() -> None:
    partitions = {lane: keys.lane_rows(STORE, lane)[0] for lane in Lane}
    together, apart = keys.pending_partitions(STORE)
    assert {lane for lane in Lane if partitions[lane] == apart} == {Lane.BULK}
    others = set(Lane) - {Lane.BULK, Lane.BOOK}
    assert {lane for lane in Lane if partitions[lane] == together} == others
    assert partitions[Lane.BOOK] not in (together, apart)


def test_no_two_lanes_share_keys_and_behind_each_comes_the_next() -> None:
    begins = sorted(keys.lane_rows(STORE, lane)[1] for lane in Lane)
    assert len(set(begins)) == len(Lane)
    assert {len(each) for each in begins} == {1}, "the longest id leaves no more"
    assert [lane for lane in Lane if keys.behind(lane) is None] == [
        Lane.CONTENT,
        Lane.BULK,
        Lane.BOOK,
    ]
    for lane in set(Lane) - {Lane.CONTENT, Lane.BULK, Lane.BOOK}:
        behind = keys.behind(lane)
        assert behind is not None
        own = keys.lane_rows(STORE, lane)[1]
        assert f"{own}\U0010ffff" < behind, "a request's id may begin with any character"
        assert all(f"{each}00" > behind for each in begins if each > own)


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
