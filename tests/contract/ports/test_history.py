"""What a history promises, kept by the fake and by DynamoDB."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import LANTERN, STORE
from tests.contract.ports.kept_stores import LIGHTHOUSE
from tests.fakes.history import FakeHistory, FakeOversold
from tests.local_tables import items_in
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.oversold import DynamoOversold
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    FieldSent,
    HolderLevel,
    OrderUnits,
    ProductLine,
)
from tillbridge.domain.ids import (
    PosProductId,
    PosVariantId,
    StoreId,
    StoreProductId,
    WebOrderId,
)
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.ports.history import History
from tillbridge.ports.oversold import OversoldRows

NOW_MS = 1_795_262_400_123
SALE = EventSeen("e-1", "sale.completed", NOW_MS - 900, NOW_MS - 700, 17, by="mina")
FULL = ProductLine(
    NOW_MS,
    LANTERN,
    Did.STOCK,
    version=3 * 10**19 + 17,
    begun_ms=NOW_MS - 300,
    because=Because(SALE, replace(SALE, id="e-9", version=25), 9),
    by="mina",
    job="job-1",
    lane="stock",
    holders=(HolderLevel(PosVariantId("v-1"), Decimal("2.5"), Decimal(1), 1, 0),),
    online=4,
    order=OrderUnits(WebOrderId(1041), None, 2, NOW_MS - 5_000),
    fields={"name": FieldSent("Storm Lantern", "9f86d081")},
    more=3,
    call="7",
    code="stock_refused",
    words="Šroub",
    web=StoreProductId(107),
)


@pytest.fixture(params=["fake", "dynamodb"])
def history(request: pytest.FixtureRequest) -> History:
    if request.param == "fake":
        return FakeHistory()
    make = request.getfixturevalue("make_table")
    return DynamoHistory(request.getfixturevalue("dynamodb"), make("HistoryTable"))


@pytest.fixture(params=["fake", "dynamodb"])
def oversold(request: pytest.FixtureRequest) -> OversoldRows:
    if request.param == "fake":
        return FakeOversold()
    make = request.getfixturevalue("make_table")
    return DynamoOversold(request.getfixturevalue("dynamodb"), make("OrdersTable"))


def a_line(at_ms: int = NOW_MS, **line: Any) -> ProductLine:
    return ProductLine(at_ms, **{"product": LANTERN, "did": Did.UPDATED, **line})


def test_a_line_comes_back_whole(history: History) -> None:
    history.write(STORE, [FULL])

    assert history.of(STORE, LANTERN, NOW_MS, NOW_MS) == [FULL]


def test_an_outcome_of_a_request_comes_back_as_one(history: History) -> None:
    outcome = replace(FULL, outcome=True)
    history.write(STORE, [outcome])

    assert list(history.newest(STORE, LANTERN)) == [outcome]


def test_lines_come_oldest_first_from_one_time_to_another(history: History) -> None:
    lines = [a_line(NOW_MS + ms, version=ms) for ms in (20, 0, 10, 30, 9)]
    history.write(STORE, lines)

    found = history.of(STORE, LANTERN, NOW_MS + 10, NOW_MS + 20)

    assert [line.version for line in found] == [10, 20]


def test_lines_come_newest_first_and_no_more_than_are_taken(history: History) -> None:
    history.write(STORE, [a_line(NOW_MS + ms, version=ms) for ms in range(60)])

    lines = history.newest(STORE, LANTERN)

    assert [next(lines).version, next(lines).version] == [59, 58]


def test_pages_have_each_line_once_though_many_are_of_one_moment(history: History) -> None:
    history.write(STORE, [a_line(NOW_MS + ms // 4, version=ms) for ms in range(23)])
    seen: list[ProductLine] = []
    after, pages = "", 0
    while after or not pages:
        page = history.page(STORE, [LANTERN], 5, after=after)
        seen += page.lines
        after, pages = page.after, pages + 1

    assert pages == 5
    assert sorted(line.version for line in seen) == list(range(23))
    assert [line.at_ms for line in seen] == sorted((line.at_ms for line in seen), reverse=True)


def test_a_page_has_the_lines_of_all_that_are_named_and_what_follows(history: History) -> None:
    number = StoreProductId(107)
    of_number = {"product": PosProductId(""), "web": number, "did": Did.LEFT_OUT}
    history.write(STORE, [a_line(NOW_MS + ms, version=ms) for ms in (0, 2, 4, 6)])
    history.write(STORE, [a_line(NOW_MS + ms, version=ms, **of_number) for ms in (1, 3, 5)])

    page = history.page(STORE, [LANTERN, number], 3, ahead=2)
    then = history.page(STORE, [LANTERN, number], 3, after=page.after, ahead=9)

    assert [line.version for line in page.lines] == [6, 5, 4]
    assert [line.version for line in page.older] == [3, 2]
    assert [line.version for line in then.lines] == [3, 2, 1]
    assert [line.version for line in then.older] == [0]
    assert [line.product for line in page.lines] == [LANTERN, "", LANTERN]
    assert history.page(STORE, [LANTERN, number], 3, after=then.after).after == ""


def test_a_last_page_that_is_full_says_that_nothing_follows(history: History) -> None:
    history.write(STORE, [a_line(NOW_MS + ms) for ms in range(3)])

    assert history.page(STORE, [LANTERN], 3).after == ""
    assert history.page(STORE, [PosProductId("p-none")], 3).lines == ()


def test_a_cursor_of_anything_else_is_refused(history: History) -> None:
    history.write(STORE, [a_line(NOW_MS + ms) for ms in range(3)])
    history.write(LIGHTHOUSE, [a_line(NOW_MS + ms) for ms in range(3)])
    of_another_store = history.page(LIGHTHOUSE, [LANTERN], 1).after
    of_one_more = history.page(STORE, [LANTERN, StoreProductId(107)], 1).after

    for cursor in (of_another_store, of_one_more, "x", "\x00", "é" * 5_000):
        with pytest.raises(BadCursor):
            history.page(STORE, [LANTERN], 1, after=cursor)


def test_a_product_that_is_in_bigcommerce_alone_has_lines_of_its_own(history: History) -> None:
    nowhere, number = PosProductId(""), StoreProductId(107)
    left_out = a_line(product=nowhere, did=Did.LEFT_OUT, web=number, words="No price.")
    history.write(STORE, [left_out, a_line(product=PosProductId("107"))])

    assert list(history.newest(STORE, number)) == [left_out]
    assert history.of(STORE, PosProductId("107"), 0, NOW_MS) == [
        a_line(product=PosProductId("107"))
    ]


def test_each_product_and_store_has_its_own(history: History) -> None:
    history.write(
        STORE, [a_line(product=PosProductId("p-1")), a_line(product=PosProductId("p-1#2"))]
    )
    history.write(LIGHTHOUSE, [a_line(product=PosProductId("p-1"), version=5)])

    assert [line.version for line in history.of(STORE, PosProductId("p-1"), 0, NOW_MS)] == [-1]


def test_two_lines_of_one_moment_are_both_kept(history: History) -> None:
    history.write(STORE, [a_line(), a_line()])

    assert history.of(STORE, LANTERN, 0, NOW_MS) == [a_line(), a_line()]


def test_many_lines_are_kept_at_once(history: History) -> None:
    history.write(STORE, [a_line(NOW_MS + ms) for ms in range(60)])

    assert len(history.of(STORE, LANTERN, 0, NOW_MS + 60)) == 60


def test_a_line_with_the_longest_ids_is_kept(history: History) -> None:
    longest = PosProductId("ü" * LONGEST_ID)
    history.write(STORE, [a_line(product=longest)])

    assert history.of(STORE, longest, 0, NOW_MS) == [a_line(product=longest)]


@pytest.mark.parametrize("outcome", [True, False])
def test_dynamodb_keeps_a_line_in_one_write_unit_for_ninety_days(
    request: pytest.FixtureRequest, *, outcome: bool
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("HistoryTable")
    holders = tuple(replace(FULL.holders[0], variant=PosVariantId(f"v-{n}")) for n in range(600))
    line = replace(FULL, holders=holders, words="x" * 5_000, outcome=outcome)
    DynamoHistory(client, table).write(STORE, [line])

    (item,) = items_in(client, table)

    size = sum(len(name) + len(next(iter(value.values())).encode()) for name, value in item.items())
    assert size <= 1_000
    assert item["expires_at"] == {"N": str(NOW_MS // 1_000 + 90 * 24 * 3600)}


def test_one_line_that_cannot_be_read_hides_no_other(request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("HistoryTable")
    history = DynamoHistory(client, table)
    history.write(STORE, [a_line(NOW_MS - 1)])
    (item,) = items_in(client, table)
    client.put_item(TableName=table, Item={**item, "line": {"S": '{"d":"unheard of"}'}})
    history.write(STORE, [a_line()])

    assert history.of(STORE, LANTERN, 0, NOW_MS) == [a_line()]


def a_debt(at_ms: int = NOW_MS, **debt: Any) -> Oversold:
    defaults = {"holder": Holder(LANTERN), "debt": 1, "version": 3, "orders": (WebOrderId(1042),)}
    return Oversold(at_ms, **{**defaults, **debt})


def test_debts_are_listed_newest_first(oversold: OversoldRows) -> None:
    debts = [a_debt(NOW_MS + n, version=n, name="Mug, blue", sku="MUG") for n in range(5)]
    oversold.note(STORE, debts)
    oversold.note(StoreId("another"), [a_debt()])

    assert oversold.latest(STORE, 3) == debts[:1:-1]


def test_a_debt_that_was_noticed_twice_is_listed_once_with_its_first_time(
    oversold: OversoldRows,
) -> None:
    oversold.note(STORE, [a_debt()])
    oversold.note(STORE, [a_debt(NOW_MS + 9_000)])

    assert oversold.latest(STORE, 10) == [a_debt()]
