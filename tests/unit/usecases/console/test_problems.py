"""The problems of a store: by cause, by whose turn it is, and what could not be read."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.builders import STORE, a_connection
from tests.console_deps import console_deps
from tests.fakes.reconcile import FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.backlog import LaneBacklog
from tillbridge.domain.causes import Whose
from tillbridge.domain.errors import RetryLater, UnknownStore
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.run import Run
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.usecases.console import problems as use_case
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.problems import Problems, problems

FAILED, BROKEN, LEFT_OUT = RowState.FAILED, RowState.BROKEN, RowState.LEFT_OUT


def rows(state: RowState, code: str, names: Sequence[str]) -> list[ViewRow]:
    side = WEB if state is LEFT_OUT else POS
    return [
        ViewRow(side, f"{code}-{n}", name, state=state, code=code) for n, name in enumerate(names)
    ]


@pytest.fixture
def deps() -> ConsoleDeps:
    stores, runs = FakeStores([a_connection()]), FakeRuns()
    return console_deps(stores=stores, runs=runs, store_list=FakeStoreList(stores, runs))


def listed(deps: ConsoleDeps, *some: list[ViewRow]) -> ConsoleDeps:
    deps.views.put(STORE, [row for each in some for row in each])
    return deps


def told(found: Problems, whose: Whose) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(group.cause.code, group.count, group.names) for group in found.of(whose)]


def test_where_nothing_is_wrong_it_says_so(deps: ConsoleDeps) -> None:
    assert problems(deps, STORE).nothing
    with pytest.raises(UnknownStore):
        problems(deps, StoreId("gone"))


def test_products_are_grouped_by_cause_and_whose_turn_it_is(deps: ConsoleDeps) -> None:
    listed(
        deps,
        rows(FAILED, "name_taken", ["Ash", "Beech", "Cedar", "Date"]),
        rows(FAILED, "keeps_failing", ["Elm"]),
        rows(BROKEN, "deleted_online", ["Fir"]),
        rows(LEFT_OUT, "refused", ["T-shirt"]),
        rows(LEFT_OUT, "failed", [""]),
        rows(RowState.LINKED, "", ["Well"]),
    )

    found = problems(deps, STORE)

    assert told(found, Whose.YOURS) == [
        ("name_taken", 4, ("Ash", "Beech", "Cedar")),
        ("deleted_online", 1, ("Fir",)),
        ("failed", 1, ("failed-0",)),
    ]
    assert told(found, Whose.OURS) == [("keeps_failing", 1, ("Elm",))]
    assert told(found, Whose.NOBODYS) == [("refused", 1, ("T-shirt",))]
    assert not found.nothing


def test_one_cause_may_be_asked_for(deps: ConsoleDeps) -> None:
    listed(deps, rows(FAILED, "name_taken", ["Ash"]), rows(FAILED, "refused", ["Elm"]))
    assert [group.cause.code for group in problems(deps, STORE, "refused").groups] == ["refused"]
    assert problems(deps, STORE, "odd").groups == ()


def test_what_is_more_than_is_counted_says_so(
    deps: ConsoleDeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_case, "MOST_READ", 3)
    listed(deps, rows(FAILED, "clash", ["Ash"]), rows(FAILED, "name_taken", ["B", "C", "D"]))
    found = problems(deps, STORE)
    assert {(each.cause.code, each.count, each.more) for each in found.groups} == {
        ("clash", 1, False),
        ("name_taken", 2, True),
    }
    assert found.cut == (FAILED,)


def test_what_was_tried_before_waits_at_tillbridge(deps: ConsoleDeps) -> None:
    waits = {
        "stock": LaneBacklog(2, 7, 6),
        "content": LaneBacklog(5, 3, 0),
        "links": LaneBacklog(1, 9, 8),
        "book": LaneBacklog(1, 1, 3),
    }
    deps.store_list.keep_backlogs({STORE: waits})
    found = problems(deps, STORE)
    assert found.tried is not None
    assert [(each.lane, each.tries) for each in found.tried] == [("links", 8), ("stock", 6)]


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([Run("full", 1, full=True, ended_ms=5)], []),
        ([Run("full", 1, full=True, ended_ms=5, repaired=4)], []),
        ([Run("full", 1, full=True, ended_ms=5), Run("hourly", 2, ended_ms=9)], ["full"]),
        ([Run("full", 1, full=True, ended_ms=5)], ["full"]),
    ],
    ids=["clean", "repaired", "found by night", "found"],
)
def test_differences_stay_told_until_a_full_comparison_finds_none(
    deps: ConsoleDeps, runs: list[Run], told: list[str], request: pytest.FixtureRequest
) -> None:
    drifts = request.node.callspec.id != "clean"
    for run in runs:
        if run.full and drifts:
            run.found["field"] = 4
        deps.runs.note_ended(STORE, run)
    assert [run.id for run in problems(deps, STORE).drift] == told


def test_what_was_sold_twice_is_a_cause_of_its_own(deps: ConsoleDeps) -> None:
    now = deps.clock.now_ms()
    deps.oversold.note(STORE, [Oversold(now, Holder(PosProductId("p-1")), 2, 7, "Lamp")])
    found = problems(deps, STORE)
    assert found.oversold is not None
    assert [debt.name for debt in found.oversold] == ["Lamp"]
    assert not found.nothing


@pytest.mark.parametrize(("port", "method"), [("listing", "causes"), ("oversold", "latest")])
def test_what_cannot_be_read_is_not_told_as_well(
    deps: ConsoleDeps, port: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise RetryLater("The database is busy.")

    monkeypatch.setattr(type(getattr(deps, port)), method, fails)
    found = problems(deps, STORE)
    assert not found.nothing
    assert found.groups == ()
    assert bool(found.unread) == (port == "listing")


def test_without_their_names_the_counts_stand(
    deps: ConsoleDeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise RetryLater("The database is busy.")

    listed(deps, rows(FAILED, "clash", ["Ash"]))
    monkeypatch.setattr(type(deps.listing), "named", fails)
    assert told(problems(deps, STORE), Whose.YOURS) == [("clash", 1, ())]
