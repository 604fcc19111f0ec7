"""Two drains at once, throttled and conflicting writes, stale reads: on real tables."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.builders import STORE, a_product
from tests.knife.at_once import at_once
from tests.knife.end_state import end_state
from tests.knife.loop import settle
from tests.knife.stories import STORIES, played_in
from tests.knife.tables import RealTables, real_tables
from tillbridge.domain.link import LinkStatus


@pytest.fixture(scope="module")
def tables() -> Iterator[RealTables]:
    with real_tables() as made:
        yield made


class Troubled:
    """A DynamoDB client that fails about every fourth write, before or after it was carried out.

    Seeded dice decide: exactly every fourth would strike the same write of each try, for ever."""

    WRITES = frozenset(
        {
            "batch_execute_statement",
            "delete_item",
            "put_item",
            "transact_write_items",
            "update_item",
        }
    )

    def __init__(self, client: Any, code: str, seed: int, *, applied: bool) -> None:
        self._client = client
        self._code, self._applied = code, applied
        self._dice = Random(seed)
        self.struck = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        if name not in self.WRITES:
            return method

        def call(**arguments: Any) -> Any:
            if self._dice.random() > 0.25:
                return method(**arguments)
            self.struck += 1
            if self._applied:
                method(**arguments)
            raise ClientError({"Error": {"Code": self._code, "Message": "trouble"}}, name)

        return call


TROUBLE = [
    ("ThrottlingException", False),
    ("TransactionConflictException", False),
    ("InternalServerError", True),
]


@pytest.mark.parametrize(("code", "applied"), TROUBLE)
@pytest.mark.parametrize("story", ["create", "stock", "released"])
@pytest.mark.parametrize("seed", [1, 2])
def test_writes_that_are_throttled_conflict_or_lose_their_answer_change_no_end(
    tables: RealTables, story: str, code: str, applied: bool, seed: int
) -> None:
    calm = STORIES[story]()
    settle(calm)
    with played_in(tables.world):
        world = STORIES[story]()
    trouble = Troubled(tables.client, code, seed, applied=applied)
    for port in (world.pending, world.links, *_parts_of(world.links)):
        port._client = trouble
    settle(world)
    assert trouble.struck
    assert end_state(world) == end_state(calm)


def _parts_of(links: Any) -> list[Any]:
    return [links._rows, links._blocks]


@pytest.mark.parametrize("story", ["create", "stock", "swap", "released"])
def test_two_drains_of_one_store_at_once_end_as_one(tables: RealTables, story: str) -> None:
    calm = STORIES[story]()
    settle(calm)
    with played_in(tables.world):
        world = STORIES[story]()
    at_once(world, world)
    settle(world)
    assert end_state(world) == end_state(calm)


def test_two_stores_at_once_do_not_touch_each_other(tables: RealTables) -> None:
    calm = STORIES["stock"]()
    settle(calm)
    with played_in(tables.world):
        one, other = STORIES["stock"](), STORIES["stock"]()
    at_once(one, other)
    for world in (one, other):
        settle(world)
        assert end_state(world) == end_state(calm)


def test_a_drain_that_reads_rows_of_a_moment_ago_loses_none(tables: RealTables) -> None:
    calm = STORIES["update"]()
    settle(calm)
    with played_in(tables.world):
        world = STORIES["update"]()
    now = world.pending.due
    seen: dict[Any, Any] = {}

    def behind(*asked: Any) -> Any:
        """Return what the previous read would have returned, then what is there."""
        before = seen.get(asked[1])
        seen[asked[1]] = now(*asked)
        return seen[asked[1]] if before is None else before

    world.pending.due = behind  # type: ignore[method-assign, assignment]
    for _ in range(3):
        world.push()
        world.clock.advance(1)
    world.pending.due = now  # type: ignore[method-assign]
    settle(world)
    assert end_state(world) == end_state(calm)


HUGE = "N" * 500_000


@pytest.mark.parametrize(
    "huge",
    [
        {"name": HUGE},
        {"sku": HUGE},
        {"product_number": HUGE},
        {"images": (f"data:image/png,{HUGE}",)},
    ],
    ids=["name", "sku", "product number", "image"],
)
def test_a_product_too_long_for_any_row_holds_up_no_other(
    tables: RealTables, huge: dict[str, Any]
) -> None:
    world = tables.world()
    product, other = a_product("p-huge", **({"name": "Huge", "sku": "HUGE"} | huge)), a_product()
    world.ask(product, other)
    world.push_until_quiet()
    links = world.deps.push.links.get(STORE, [product.id, other.id])
    assert links[other.id].status is LinkStatus.LINKED
    accepted = "product_number" in huge
    assert links[product.id].status is (LinkStatus.LINKED if accepted else LinkStatus.FAILED)
