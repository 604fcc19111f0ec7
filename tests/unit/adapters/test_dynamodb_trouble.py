"""What DynamoDB says when it is busy, broken or right, and which error each becomes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from botocore.stub import ANY, Stubber

from tillbridge.adapters.dynamodb import bulk, statements
from tillbridge.adapters.dynamodb.errors import ConditionFailed, TransactionCancelled, our_errors
from tillbridge.adapters.dynamodb.keys import key
from tillbridge.domain.errors import Conflict, RetryLater

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = "a-table"
HERE = {"pk": {"S": "harbour"}, "sk": {"S": "pos#1"}}
THERE = {"pk": {"S": "harbour"}, "sk": {"S": "pos#2"}}


@pytest.fixture
def client() -> "DynamoDBClient":
    return boto3.client(
        "dynamodb", "eu-west-1", aws_access_key_id="made-up", aws_secret_access_key="made-up"
    )


@pytest.fixture
def says(client: "DynamoDBClient") -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("tillbridge.adapters.dynamodb.bulk.time.sleep", slept.append)
    return slept


def refusal(code: str, **more: Any) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "…"}, **more}
    return ClientError(answer, "PutItem")


@pytest.mark.parametrize(
    "code",
    [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
        "TransactionConflictException",
    ],
)
def test_what_passes_is_tried_again_later(code: str) -> None:
    with pytest.raises(RetryLater) as ours, our_errors():
        raise refusal(code)

    assert isinstance(ours.value.__cause__, ClientError)


def test_an_answer_that_never_came_is_tried_again_later() -> None:
    with pytest.raises(RetryLater), our_errors():
        raise ReadTimeoutError(endpoint_url="https://tables.example")


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException"])
def test_what_only_a_bug_or_a_missing_permission_causes_stays_as_it_is(code: str) -> None:
    with pytest.raises(ClientError), our_errors():
        raise refusal(code)


def test_a_lost_race_is_a_conflict_that_brings_what_was_there() -> None:
    with pytest.raises(Conflict) as ours, our_errors():
        raise refusal("ConditionalCheckFailedException", Item=HERE)

    assert isinstance(ours.value, ConditionFailed)
    assert ours.value.item == HERE


def test_a_cancelled_transaction_tells_whose_condition_failed() -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed"}]
    with pytest.raises(TransactionCancelled) as ours, our_errors():
        raise refusal("TransactionCanceledException", CancellationReasons=reasons)

    assert ours.value.refused == {1}


def test_a_transaction_that_met_another_blames_no_condition() -> None:
    reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}]
    with pytest.raises(TransactionCancelled) as ours, our_errors():
        raise refusal("TransactionCanceledException", CancellationReasons=reasons)

    assert ours.value.refused == frozenset()


def test_a_throttled_transaction_is_tried_again_later() -> None:
    reasons = [{"Code": "ThrottlingError"}, {"Code": "None"}]
    with pytest.raises(RetryLater), our_errors():
        raise refusal("TransactionCanceledException", CancellationReasons=reasons)


def test_a_transaction_that_cannot_be_is_a_bug() -> None:
    with pytest.raises(ClientError), our_errors():
        raise refusal(
            "TransactionCanceledException", CancellationReasons=[{"Code": "ValidationError"}]
        )


def test_rows_that_dynamodb_hands_back_unread_are_asked_for_again(
    client: "DynamoDBClient", says: Stubber, naps: list[float]
) -> None:
    left = {TABLE: {"Keys": [THERE], "ConsistentRead": True}}
    says.add_response("batch_get_item", {"Responses": {TABLE: [HERE]}, "UnprocessedKeys": left})
    says.add_response("batch_get_item", {"Responses": {TABLE: [THERE]}}, {"RequestItems": left})

    keys = [key("harbour", "pos#1"), key("harbour", "pos#2")]
    assert list(bulk.read_all(client, TABLE, keys)) == [HERE, THERE]
    assert naps == [0.05]


def test_rows_that_dynamodb_hands_back_unwritten_are_sent_again(
    client: "DynamoDBClient", says: Stubber
) -> None:
    left = {TABLE: [{"PutRequest": {"Item": THERE}}]}
    says.add_response("batch_write_item", {"UnprocessedItems": left})
    says.add_response("batch_write_item", {}, {"RequestItems": left})

    bulk.write_all(client, TABLE, [HERE, THERE])


def test_rows_that_are_handed_back_again_and_again_are_left_for_later(
    client: "DynamoDBClient", says: Stubber, naps: list[float]
) -> None:
    left = {TABLE: [{"PutRequest": {"Item": HERE}}]}
    for _ in range(8):
        says.add_response("batch_write_item", {"UnprocessedItems": left}, {"RequestItems": ANY})

    with pytest.raises(RetryLater):
        bulk.write_all(client, TABLE, [HERE])
    assert sum(naps) < 10, "a slice has no more to give"


def test_work_side_by_side_answers_in_order_and_raises_what_was_raised() -> None:
    assert bulk.in_parallel(lambda n: n * 2, range(20)) == list(range(0, 40, 2))

    done: list[int] = []

    def work(number: int) -> None:
        if number == 3:
            raise RetryLater("busy")
        done.append(number)

    with pytest.raises(RetryLater):
        bulk.in_parallel(work, range(10))
    assert sorted(done) == [0, 1, 2, 4, 5, 6, 7, 8, 9], "one error stops none of the others"


def statement(sk: str, *, rev: str = "r") -> statements.Statement:
    return statements.delete(TABLE, key("harbour", sk), [("rev", "=", rev)])


def error(code: str, **more: Any) -> dict[str, Any]:
    return {"Error": {"Code": code, "Message": "…", **more}}


def asked(*each: statements.Statement) -> dict[str, Any]:
    how = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    texts = [{"Statement": s.text, "Parameters": list(s.values), **how} for s in each]
    return {"Statements": texts}


@pytest.mark.parametrize(
    "code",
    [
        "InternalServerError",
        "ProvisionedThroughputExceeded",
        "RequestLimitExceeded",
        "ThrottlingError",
        "TransactionConflict",
    ],
)
def test_only_the_statements_that_met_passing_trouble_are_sent_again(
    client: "DynamoDBClient", says: Stubber, naps: list[float], code: str
) -> None:
    one, two = statement("pos#1"), statement("pos#2")
    says.add_response("batch_execute_statement", {"Responses": [{}, error(code)]}, asked(one, two))
    says.add_response("batch_execute_statement", {"Responses": [{}]}, asked(two))

    assert statements.run(client, [one, two]) == [None, None]
    assert naps == [0.05]


def test_a_statement_that_is_throttled_again_and_again_is_left_for_later(
    client: "DynamoDBClient", says: Stubber, naps: list[float]
) -> None:
    for _ in range(8):
        says.add_response("batch_execute_statement", {"Responses": [error("ThrottlingError")]})

    with pytest.raises(RetryLater):
        statements.run(client, [statement("pos#1")])
    assert sum(naps) < 10, "a slice has no more to give"


def test_a_refused_statement_brings_what_was_there_and_hinders_no_other(
    client: "DynamoDBClient", says: Stubber
) -> None:
    answers = [error("ConditionalCheckFailed", Item=HERE), {}, error("ConditionalCheckFailed")]
    says.add_response("batch_execute_statement", {"Responses": answers})

    outcomes = statements.run(client, [statement(f"pos#{number}") for number in range(3)])

    assert outcomes == [statements.Refused(HERE), None, statements.Refused(None)]


def test_a_statement_that_cannot_be_is_a_bug_once_the_others_are_written(
    client: "DynamoDBClient", says: Stubber
) -> None:
    says.add_response(
        "batch_execute_statement", {"Responses": [error("ValidationError"), *[{}] * 24]}
    )
    says.add_response("batch_execute_statement", {"Responses": [{}]})

    with pytest.raises(ClientError) as bug:
        statements.run(client, [statement(f"pos#{number}") for number in range(26)])
    assert bug.value.response["Error"]["Code"] == "ValidationError"


def test_no_request_names_a_row_twice_and_its_writes_keep_their_order(
    client: "DynamoDBClient", says: Stubber
) -> None:
    first, other, second = statement("1", rev="a"), statement("2"), statement("1", rev="b")
    says.add_response("batch_execute_statement", {"Responses": [{}, {}]}, asked(first, other))
    says.add_response(
        "batch_execute_statement", {"Responses": [error("ConditionalCheckFailed")]}, asked(second)
    )

    refused = statements.run(client, [first, other, second])
    assert refused == [None, None, statements.Refused(None)]


def test_nothing_to_write_is_no_request(client: "DynamoDBClient", says: Stubber) -> None:
    assert statements.run(client, []) == []
