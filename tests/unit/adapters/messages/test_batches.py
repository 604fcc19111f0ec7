"""Messages go ten a call; what SQS does not take of them is sent again, and stops no other."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ParamValidationError

from tillbridge.adapters.messages import batches
from tillbridge.adapters.messages.batches import fifo_entry, send_all
from tillbridge.adapters.messages.reconcile import SqsReconcileQueue
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request

type Says = Callable[[list[str], int], list[str]]


class Queue:
    """SQS as `says` makes it: given the bodies of a call and its number, it returns the bodies that
    are not taken, or raises."""

    def __init__(self, says: Says) -> None:
        self._says = says
        self.calls: list[list[str]] = []
        self.taken: list[str] = []

    def send_message_batch(self, *, QueueUrl: str, Entries: list[Any]) -> dict[str, Any]:  # noqa: N803 - as boto3 names them
        bodies = [entry["MessageBody"] for entry in Entries]
        assert len({entry["Id"] for entry in Entries}) == len(Entries) <= 10
        self.calls.append(bodies)
        refused = self._says(bodies, len(self.calls))
        self.taken += [body for body in bodies if body not in refused]
        failed = [{"Id": e["Id"]} for e in Entries if e["MessageBody"] in refused]
        return {"Successful": [], "Failed": failed} if failed else {"Successful": []}


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(batches, "sleep", waited.append)
    return waited


def sent(queue: Queue, count: int) -> list[int]:
    entries = [fifo_entry(place, f"g-{place}", str(place)) for place in range(count)]
    return send_all(queue, "url", entries)  # type: ignore[arg-type]  # only one call of it is used


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}}, "SendMessageBatch")


def test_ten_messages_are_one_call(waits: list[float]) -> None:
    queue = Queue(lambda *_: [])
    assert sent(queue, 25) == []
    assert [len(call) for call in queue.calls] == [10, 10, 5]
    assert waits == []


def test_nothing_to_send_is_no_call() -> None:
    queue = Queue(lambda *_: [])
    assert sent(queue, 0) == []
    assert queue.calls == []


def test_what_a_call_leaves_out_is_sent_again_alone(waits: list[float]) -> None:
    queue = Queue(lambda bodies, call: ["3", "17"] if call <= 2 else [])
    assert sent(queue, 25) == []
    assert queue.calls[3:] == [["3", "17"]]
    assert sorted(map(int, queue.taken)) == list(range(25))
    assert waits == [0.2]


def test_what_is_never_taken_is_named_and_stops_no_other() -> None:
    queue = Queue(lambda *_: ["3"])
    assert sent(queue, 25) == [3]
    assert len(queue.taken) == 24
    assert queue.calls.count(["3"]) == 2


@pytest.mark.parametrize(
    "trouble",
    [
        refusal("InvalidMessageContents"),
        refusal("InvalidParameterValue"),
        ParamValidationError(report="a lone surrogate"),
    ],
    ids=["contents", "a group's name", "botocore"],
)
def test_a_message_for_which_the_whole_call_is_refused_is_found_and_the_others_go(
    trouble: Exception,
) -> None:
    def says(bodies: list[str], call: int) -> list[str]:
        if "3" in bodies:
            raise trouble
        return []

    queue = Queue(says)
    assert sent(queue, 25) == [3]
    assert sorted(map(int, queue.taken)) == [n for n in range(25) if n != 3]


@pytest.mark.parametrize(
    "trouble",
    [refusal("ServiceUnavailable"), ConnectTimeoutError(endpoint_url="sqs")],
    ids=["unavailable", "no connection"],
)
def test_when_sqs_fails_a_round_ends_at_once_and_the_next_goes_on_there(
    trouble: Exception,
) -> None:
    def says(bodies: list[str], call: int) -> list[str]:
        if call == 2:
            raise trouble
        return []

    queue = Queue(says)
    assert sent(queue, 25) == []
    assert [call[0] for call in queue.calls] == ["0", "10", "10", "20"]


def test_when_sqs_stays_away_all_that_is_left_is_named_after_three_calls() -> None:
    def says(bodies: list[str], call: int) -> list[str]:
        raise refusal("ServiceUnavailable")

    queue = Queue(says)
    assert sent(queue, 2_000) == list(range(2_000))
    assert len(queue.calls) == 3


def test_stores_whose_message_was_not_taken_are_named_by_both_queues() -> None:
    stores = [StoreId("a"), StoreId("b"), StoreId("c")]
    queue: Any = Queue(lambda bodies, _: [body for body in bodies if '"b"' in body])
    assert SqsSignals(queue, "work", "wakes").signal_all(stores) == ["b"]
    assert SqsReconcileQueue(queue, "runs").send_all(stores, Request()) == ["b"]
