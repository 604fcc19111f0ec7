"""What the port of jobs promises, kept by the fake and by DynamoDB."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_change, a_connection
from tests.contract.ports.kept_stores import KeptStores
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs
from tests.fakes.history import FakeHistory
from tests.fakes.imports import FakeImports
from tests.fakes.pending import FakePending
from tests.fakes.stores import FakeStores
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.connection import StoreState
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import MOST_NOTED, Job
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import LinkAnswer, LinkEvent, LinkRequestKind
from tillbridge.domain.selection import Do
from tillbridge.ports.history import History
from tillbridge.ports.imports import Imports, Outcome
from tillbridge.ports.jobs import Jobs
from tillbridge.ports.link_requests import LinkRequests
from tillbridge.ports.pending import PendingRows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = 1_795_262_400_000
OTHER = StoreId("lighthouse")
J1, J2 = "01KAJ8Z3M0000000000000000A", "01KAJ8Z3M0000000000000000B"
JOB = Job(J1, STORE, Do.PUSH, "mina", NOW, 3, "plan-1")


@dataclass
class Kept:
    """The jobs, and the tables whose indexes they read."""

    jobs: Jobs
    pending: PendingRows
    requests: LinkRequests
    history: History
    imports: Imports
    stores: KeptStores


@pytest.fixture(params=["fake", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "fake":
        pending, history = FakePending(), FakeHistory()
        stores, imports = FakeStores(), FakeImports()
        jobs = FakeJobs(pending, history, stores, imports)
        return Kept(jobs, pending, pending.link_requests, history, imports, stores)
    make, client = request.getfixturevalue("make_table"), request.getfixturevalue("dynamodb")
    clock, names = FakeClock(), ("StoresTable", "PendingTable", "HistoryTable", "CountersTable")
    of_stores, of_pending, of_history, of_counters = map(make, names)
    return Kept(
        DynamoJobs(client, of_stores, of_pending, of_history),
        DynamoPending(client, of_pending),
        DynamoLinkRequests(client, of_pending, of_stores, of_history, clock),
        DynamoHistory(client, of_history),
        DynamoImports(client, of_counters, of_stores, clock),
        DynamoStores(client, of_stores),
    )


def an_outcome(product: str = LANTERN, **line: object) -> ProductLine:
    usual = ProductLine(NOW, PosProductId(product), Did.UPDATED, job=J1, outcome=True)
    return replace(usual, **line)  # type: ignore[arg-type]  # a test names what matters


def asked(*products: str, job: str = J1, store: StoreId = STORE) -> list[object]:
    return [
        a_change(product, store=store, lane=Lane.ASKED, trigger="push.requested", job=job)
        for product in products
    ]


def mark(kept: Kept, *products: str, job: str = J1, store: StoreId = STORE) -> None:
    kept.pending.mark(asked(*products, job=job, store=store))  # type: ignore[arg-type]  # changes


def test_a_job_is_kept_as_it_was_asked_first(kept: Kept) -> None:
    kept.jobs.begin(JOB)
    kept.jobs.begin(replace(JOB, by="other", total=9))
    assert kept.jobs.get(STORE, J1) == JOB
    assert kept.jobs.get(OTHER, J1) is None
    assert kept.jobs.get(STORE, J2) is None


def test_each_event_of_a_job_is_counted_once_however_often_it_comes(kept: Kept) -> None:
    for offset, products in ((0, 2), (2, 1), (0, 2)):
        kept.jobs.take_in(JOB, offset, products)
    assert kept.jobs.get(STORE, J1) == replace(JOB, taken=3)


def test_a_job_that_the_console_began_stays_its_own_when_it_is_taken_in(kept: Kept) -> None:
    kept.jobs.begin(JOB)
    kept.jobs.take_in(replace(JOB, plan="", asked_ms=NOW + 900), 0, 3)
    assert kept.jobs.get(STORE, J1) == replace(JOB, taken=3)


def test_of_a_very_large_job_it_is_only_kept_that_it_is_there(kept: Kept) -> None:
    large = replace(JOB, total=MOST_NOTED + 1)
    kept.jobs.take_in(large, 0, 100)
    assert kept.jobs.get(STORE, J1) == large


def test_when_nothing_was_left_is_noted_and_forgotten(kept: Kept) -> None:
    kept.jobs.note_empty(JOB, NOW)  # never begun: nothing is made
    assert kept.jobs.get(STORE, J1) is None
    kept.jobs.begin(JOB)
    kept.jobs.note_empty(JOB, NOW + 5)
    assert kept.jobs.get(STORE, J1) == replace(JOB, empty_ms=NOW + 5)
    kept.jobs.note_empty(JOB, 0)
    assert kept.jobs.get(STORE, J1) == JOB


def test_how_a_job_ended_is_noted_once(kept: Kept) -> None:
    kept.jobs.end(JOB, NOW, done=1, failed=1)
    assert kept.jobs.get(STORE, J1) is None
    kept.jobs.begin(JOB)
    kept.jobs.end(JOB, NOW + 7, done=2, failed=1)
    kept.jobs.end(JOB, NOW + 9, done=3, failed=0)
    assert kept.jobs.get(STORE, J1) == replace(JOB, ended_ms=NOW + 7, done=2, failed=1)


def test_the_newest_jobs_come_first_page_by_page(kept: Kept) -> None:
    jobs = [replace(JOB, id=f"{n:026d}") for n in range(5)]
    for job in [*jobs, replace(jobs[0], store=OTHER)]:
        kept.jobs.begin(job)
    pages: list[Sequence[Job]] = [kept.jobs.newest(STORE, 2)]
    for _ in range(2):
        pages.append(kept.jobs.newest(STORE, 2, after=pages[-1][-1].id))
    assert [job for page in pages for job in page] == jobs[::-1]
    assert kept.jobs.newest(STORE, 2, after=jobs[0].id) == []


def test_a_job_and_its_store_come_together(kept: Kept) -> None:
    assert kept.jobs.with_store(STORE, J1) == (None, None)
    kept.stores.save_connection(a_connection(state=StoreState.PAUSED))
    kept.jobs.begin(JOB)
    job, connection = kept.jobs.with_store(STORE, J1)
    assert job == JOB
    assert connection is not None
    assert connection.state is StoreState.PAUSED


def test_what_is_left_is_the_rows_that_the_job_marked_last(kept: Kept) -> None:
    mark(kept, LANTERN, JUMPER, "p-3")
    mark(kept, JUMPER, job=J2)
    mark(kept, LANTERN, store=OTHER)
    kept.pending.mark([a_change("p-4", lane=Lane.ASKED)])
    left = kept.jobs.left(STORE, J1)
    assert (left.count, left.more, set(left.products)) == (2, False, {LANTERN, "p-3"})
    kept.pending.clear(kept.pending.of(STORE, Lane.ASKED, [LANTERN]))
    assert kept.jobs.left(STORE, J1).count == 1
    assert kept.jobs.left(STORE, "nobody's").count == 0


def test_a_later_sale_leaves_a_row_in_its_job(kept: Kept) -> None:
    mark(kept, LANTERN)
    kept.pending.mark([a_change(LANTERN, lane=Lane.ASKED, trigger="sale.completed")])
    assert kept.jobs.left(STORE, J1).count == 1


def test_requests_about_links_are_left_until_they_are_answered(kept: Kept) -> None:
    pairs = ((LANTERN, StoreProductId(7)), (JUMPER, StoreProductId(8)))
    link = LinkEvent("e" * 16, STORE, LinkRequestKind.LINK, pairs, job=J1)
    requests = link.requests(count())
    kept.requests.put(requests)
    assert (kept.jobs.left(STORE, J1).count, kept.jobs.left(STORE, J1).products) == (2, ())
    kept.requests.answer(requests[0], LinkAnswer(LANTERN, None, done=True))
    assert kept.jobs.left(STORE, J1).count == 1


def test_more_rows_than_are_named_are_counted(kept: Kept) -> None:
    mark(kept, *(f"p-{n}" for n in range(2_050)))
    left = kept.jobs.left(STORE, J1)
    assert (left.count, left.more, len(left.products)) == (2_050, False, 2_000)


def test_the_newest_outcome_of_each_product_counts(kept: Kept) -> None:
    kept.history.write(
        STORE,
        [
            an_outcome(did=Did.CREATED),
            an_outcome(at_ms=NOW + 2, did=Did.REFUSED, words="No."),
            an_outcome(at_ms=NOW + 1),
            an_outcome(JUMPER, did=Did.REFUSED, at_ms=NOW + 3),
            an_outcome(JUMPER, did=Did.UNCHANGED, at_ms=NOW + 4),
            an_outcome("p-#3", job=J2),
            an_outcome("p-4", outcome=False),
        ],
    )
    kept.history.write(OTHER, [an_outcome("p-5")])
    told = kept.jobs.outcomes(STORE, J1)
    assert dict(told.did) == {LANTERN: Did.REFUSED, JUMPER: Did.UNCHANGED}
    assert dict(told.at_ms) == {LANTERN: NOW + 2, JUMPER: NOW + 4}
    assert not told.more
    assert dict(kept.jobs.outcomes(STORE, J2).did) == {"p-#3": Did.UPDATED}


def test_an_outcome_is_told_in_the_words_of_its_line(kept: Kept) -> None:
    kept.history.write(
        STORE,
        [
            an_outcome(did=Did.REFUSED, words="Old."),
            an_outcome(at_ms=NOW + 1, did=Did.REFUSED, words="Shorten it."),
            an_outcome(JUMPER),
        ],
    )
    told = kept.jobs.outcomes(STORE, J1)
    assert kept.jobs.words(STORE, told, [LANTERN, "nobody"]) == {LANTERN: "Shorten it."}


def test_the_longest_id_has_an_outcome(kept: Kept) -> None:
    longest = "\U0001f600" * 255
    kept.history.write(STORE, [an_outcome(longest, words="w" * 900)])
    assert list(kept.jobs.outcomes(STORE, J1).did) == [longest]


def test_an_import_says_how_far_it_is(kept: Kept) -> None:
    assert kept.jobs.imported(STORE, J1).all_found is False
    kept.imports.planned(STORE, J1, 0, 250, more=True)
    kept.imports.report(STORE, J1, [Outcome(StoreProductId(7), "refused", "No.", name="Lamp")])
    kept.imports.report(STORE, J2, [Outcome(StoreProductId(8), "imported")])
    first = kept.jobs.imported(STORE, J1)
    assert (first.found, first.all_found) == (250, False)
    assert [(o.web, o.kind, o.words) for o in first.outcomes] == [(7, "refused", "No.")]
    kept.imports.planned(STORE, J1, 812, 3, more=False)
    assert (kept.jobs.imported(STORE, J1).found, kept.jobs.imported(STORE, J1).all_found) == (
        253,
        True,
    )


def test_dynamodb_forgets_who_asked_after_thirty_days(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    DynamoJobs(dynamodb, table, table, table).begin(JOB)
    (item,) = dynamodb.scan(TableName=table)["Items"]
    assert item["by"] == {"S": "mina"}
    assert item["expires_at"] == {"N": str(NOW // 1_000 + 30 * 86_400)}


def test_a_job_that_cannot_be_read_spoils_no_list(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    jobs = DynamoJobs(dynamodb, table, table, table)
    jobs.begin(JOB)
    jobs.begin(replace(JOB, id=J2))
    dynamodb.update_item(
        TableName=table,
        Key={"pk": {"S": STORE}, "sk": {"S": f"job#{J2}"}},
        UpdateExpression="SET #do = :do",
        ExpressionAttributeNames={"#do": "do"},
        ExpressionAttributeValues={":do": {"S": "dance"}},
    )
    assert jobs.newest(STORE, 9) == [JOB]
