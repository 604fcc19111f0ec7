"""A query of the local AWS reads the rows that it names, and answers what it answered before."""

import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ministack.services import dynamodb

from sandbox.aws.narrow_queries import FEW_ROWS, narrow_queries

TABLE = "narrow"


@pytest.fixture
def both() -> Iterator[tuple[Any, ModuleType]]:
    """ministack's own query, and the module in which ours stands."""
    before = dynamodb._query
    narrow_queries(dynamodb)
    yield before, dynamodb
    dynamodb._query = before


def fill(rows: int) -> None:
    dynamodb._tables.pop(TABLE, None)
    names = [("pk", "HASH"), ("sk", "RANGE")]
    dynamodb._create_table(
        {
            "TableName": TABLE,
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": n, "KeyType": kind} for n, kind in names],
            "AttributeDefinitions": [{"AttributeName": n, "AttributeType": "S"} for n, _ in names],
        }
    )
    for number in range(rows):
        sk = f"{'abcö'[number % 4]}#{number * 7919 % rows:05d}"
        item = {"pk": {"S": "shop"}, "sk": {"S": sk}, "even": {"BOOL": number % 2 == 0}}
        dynamodb._put_item({"TableName": TABLE, "Item": item})


def answer(query: Any, data: dict[str, Any]) -> Any:
    status, _, body = query(dict(data))
    return status, json.loads(body)


SORT_KEYS = st.sampled_from(["a#", "b#00050", "b#", "c#00099", "ö", "ö#00010", "zz", "", "a"])


@st.composite
def queries(draw: st.DrawFn) -> dict[str, Any]:
    values: dict[str, Any] = {":pk": {"S": "shop"}}
    condition = draw(
        st.sampled_from(
            [
                "",
                " AND begins_with(sk, :one)",
                " AND sk BETWEEN :one AND :two",
                " AND sk > :one",
                " AND sk >= :one",
                " AND sk < :one",
                " AND sk <= :one",
            ]
        )
    )
    for name in (":one", ":two"):
        if name in condition:
            values[name] = {"S": draw(SORT_KEYS)}
    query: dict[str, Any] = {
        "TableName": TABLE,
        "KeyConditionExpression": "pk = :pk" + condition,
        "ExpressionAttributeValues": values,
        "ScanIndexForward": draw(st.booleans()),
    }
    if draw(st.booleans()):
        query["Limit"] = draw(st.integers(1, 60))
    if draw(st.booleans()):
        query["FilterExpression"] = "even = :even"
        values[":even"] = {"BOOL": True}
    if draw(st.booleans()):
        query["ExclusiveStartKey"] = {"pk": {"S": "shop"}, "sk": {"S": draw(SORT_KEYS) or "b"}}
    return query


@given(data=queries())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_is_ministacks_own(both: tuple[Any, ModuleType], data: dict[str, Any]) -> None:
    own, patched = both
    if TABLE not in dynamodb._tables:
        fill(FEW_ROWS * 3)
    assert answer(patched._query, data) == answer(own, data)


def test_a_page_tests_its_own_rows_alone(
    both: tuple[Any, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(5_000)
    tested = 0
    test = dynamodb._evaluate_condition

    def counted(*args: Any, **more: Any) -> Any:
        nonlocal tested
        tested += 1
        return test(*args, **more)

    monkeypatch.setattr(dynamodb, "_evaluate_condition", counted)
    data = {
        "TableName": TABLE,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": "shop"}},
        "Limit": 50,
    }
    status, page = answer(dynamodb._query, data)
    assert status == 200
    assert len(page["Items"]) == 50
    assert tested <= 51
    dynamodb._tables.pop(TABLE, None)


def test_a_row_that_is_written_or_deleted_after_a_query_is_seen_by_the_next(
    both: tuple[Any, ModuleType],
) -> None:
    fill(FEW_ROWS * 2)
    data = {
        "TableName": TABLE,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": "shop"}},
    }
    _, before = answer(dynamodb._query, data)
    gone = before["Items"][3]
    dynamodb._delete_item({"TableName": TABLE, "Key": {name: gone[name] for name in ("pk", "sk")}})
    dynamodb._put_item({"TableName": TABLE, "Item": {"pk": {"S": "shop"}, "sk": {"S": "0"}}})
    _, after = answer(dynamodb._query, data)
    assert after["Items"][0]["sk"] == {"S": "0"}
    assert gone not in after["Items"]
    assert after["Count"] == before["Count"]
    dynamodb._tables.pop(TABLE, None)
