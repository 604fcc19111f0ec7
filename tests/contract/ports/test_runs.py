"""ports.runs.Runs: runs, pages of findings, accepted drift and cursors, kept as they were given."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE
from tests.fakes.reconcile import FakeRuns
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.breaker import Tally
from tillbridge.domain.findings import Code, Difference, Finding, Moved
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Cursors, Result, Run, Stage
from tillbridge.ports.runs import Runs

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

OTHER = StoreId("other")


@pytest.fixture(params=["fake", "dynamodb"])
def runs(request: pytest.FixtureRequest) -> Runs:
    if request.param == "fake":
        return FakeRuns()
    make = request.getfixturevalue("make_table")
    return DynamoRuns(request.getfixturevalue("dynamodb"), make("StoresTable"))


def a_run(number: int = 1, **overrides: object) -> Run:
    started = 1_795_262_400_000 + number
    run = Run(f"{started:013d}-ab{number:02d}", started, full=True)
    for name, value in overrides.items():
        setattr(run, name, value)
    return run


def a_finding(number: int = 1) -> Finding:
    return Finding(
        Code.FIELD,
        f"p-{number}",
        100 + number,
        "Lantern",
        (Difference("price", "39.90", "", Moved.WEB, "v-1"), Difference("name", "A", "B")),
        repairable=True,
    )


def test_a_run_is_found_as_it_was_saved(runs: Runs) -> None:
    run = a_run(stage=Stage.REPAIR, after=3, result=Result.UNDER_WAY, note="Waits", pages=2)
    run.calls["GET /catalog/products"] = 5
    run.found["field"] = 2
    run.tally = Tally(changed=2, price_down=12)
    run.asked.append({"full": True, "approve": "", "by": "anna"})
    runs.save(STORE, run)
    assert runs.find(STORE, run.id) == run
    assert runs.find(OTHER, run.id) is None


def test_a_run_that_has_not_ended_is_under_way_until_it_ends(runs: Runs) -> None:
    assert runs.under_way(STORE) is None
    run = a_run()
    runs.save(STORE, run)
    under_way = runs.under_way(STORE)
    assert under_way is not None
    assert under_way.id == run.id
    run.stage = Stage.ENDED
    runs.save(STORE, run)
    assert runs.under_way(STORE) is None


def test_the_newest_runs_come_first(runs: Runs) -> None:
    for number in (2, 1, 3):
        runs.save(STORE, a_run(number))
    assert [run.started_ms % 10 for run in runs.recent(STORE, 2)] == [3, 2]


def test_a_page_of_findings_is_read_in_order_and_replaced_when_written_again(runs: Runs) -> None:
    many = [a_finding(number) for number in range(120)]
    run = a_run(pages=2)
    runs.add_page(STORE, run.id, 0, [a_finding(999)])
    runs.add_page(STORE, run.id, 0, many)
    runs.add_page(STORE, run.id, 1, [Finding(Code.GONE_ONLINE, "p-9", 109)])
    assert list(runs.page(STORE, run.id, 0)) == many
    assert [each.product for each in runs.findings(STORE, run)][-1] == "p-9"
    runs.add_page(STORE, run.id, 0, many[:60])
    assert list(runs.page(STORE, run.id, 0)) == many[:60]
    assert list(runs.page(STORE, run.id, 7)) == []


def test_a_run_that_repairs_shows_the_findings_of_the_other(runs: Runs) -> None:
    runs.add_page(STORE, a_run(1).id, 0, [a_finding()])
    assert list(runs.findings(STORE, a_run(2, repairs=a_run(1).id, pages=1))) == [a_finding()]


def test_cursors_begin_at_nothing_and_stay_where_they_were_moved(runs: Runs) -> None:
    assert runs.cursors(STORE) == Cursors()
    runs.save_cursors(STORE, Cursors(7, 8, 9))
    assert runs.cursors(STORE) == Cursors(7, 8, 9)
    assert runs.cursors(OTHER) == Cursors()


def test_accepted_drift_is_forgotten_place_by_place(runs: Runs) -> None:
    runs.accept(STORE, "p-1", {"price": Accepted("a"), "name": Accepted("b")})
    runs.forget(STORE, "p-1", ["price", "stock"])
    runs.forget(STORE, "p-2", ["price"])
    assert runs.accepted(STORE) == {("p-1", "name"): "b"}


def test_accepted_drift_adds_up_place_by_place(runs: Runs) -> None:
    runs.accept(STORE, "p-1", {"price": Accepted("a"), "name": Accepted("b")})
    runs.accept(STORE, "p-1", {"price": Accepted("c")})
    runs.accept(STORE, "p-2", {"stock": Accepted("d")})
    assert runs.accepted(STORE) == {
        ("p-1", "price"): "c",
        ("p-1", "name"): "b",
        ("p-2", "stock"): "d",
    }
    assert runs.accepted(OTHER) == {}


def test_no_part_of_a_page_is_longer_than_a_row_takes(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    def variants_differ(product: str, count: int) -> Finding:
        edits = (Difference("price", "9.90", "x" * 250, Moved.WEB, f"v-{n}") for n in range(count))
        return Finding(Code.FIELD, product, 101, "Rope", tuple(edits), repairable=True)

    table = make_table("StoresTable")
    runs, run = DynamoRuns(dynamodb, table), a_run(1, pages=1)
    found = [variants_differ(f"p-{n}", 300) for n in range(20)]
    runs.add_page(STORE, run.id, 0, [*found, variants_differ("p-huge", 3_000)])
    kept = list(runs.findings(STORE, run))
    assert kept[:-1] == found
    assert {each.variant for each in kept[-1].differences} == {f"v-{n}" for n in range(3_000)}
    pages = dynamodb.get_paginator("scan").paginate(TableName=table)
    rows = [row for page in pages for row in page["Items"]]
    assert max(len(json.dumps(from_item(row), default=str)) for row in rows) < 400 * 1_024


def test_who_accepted_it_until_when_and_why_is_kept_beside_it(runs: Runs) -> None:
    said = Accepted("a", "Olivia", 5, 1_000, "A sale online")
    runs.accept(STORE, "p-1", {"price": said, "name": Accepted("tried b")})
    assert runs.accepted_of(STORE, "p-1") == {"price": said}
    assert runs.accepted_of(STORE, "p-2") == {}
    assert runs.accepted(STORE, 999) == {("p-1", "price"): "a", ("p-1", "name"): "tried b"}
    assert runs.accepted(STORE, 1_000) == {("p-1", "name"): "tried b"}


def test_what_was_accepted_before_more_than_a_digest_was_kept_is_still_read(
    request: pytest.FixtureRequest,
) -> None:
    dynamodb, make = request.getfixturevalue("dynamodb"), request.getfixturevalue("make_table")
    table = make("StoresTable")
    old = {"product": "p-1", "places": {"price": "a"}}
    item = new_item(keys.key(STORE, keys.accepted("p-1")), old)
    dynamodb.put_item(TableName=table, Item=item)
    runs = DynamoRuns(dynamodb, table)
    assert runs.accepted(STORE, 5) == {("p-1", "price"): "a"}
    runs.accept(STORE, "p-1", {"name": Accepted("b", "Olivia", 5)})
    assert runs.accepted(STORE, 5) == {("p-1", "price"): "a", ("p-1", "name"): "b"}
    runs.forget(STORE, "p-1", ["price"])
    assert runs.accepted(STORE, 5) == {("p-1", "name"): "b"}
