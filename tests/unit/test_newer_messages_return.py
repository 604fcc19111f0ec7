"""A message of a later release returns to its queue, with its reason in the log; the others are worked on."""

import json
from typing import Any

import pytest

from tillbridge.adapters.messages.event_parts import body_of as part_of
from tillbridge.adapters.messages.import_bodies import texts_of
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.reconcile import _body as run_of
from tillbridge.adapters.messages.signals import _body as signal_of
from tillbridge.domain.errors import SavedByNewer
from tillbridge.domain.events import Event
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.run import Request
from tillbridge.domain.senders import Sender
from tillbridge.queue_batches import body_of, one_by_one

STORE = StoreId("harbour")
ACCOUNT = "000000000000"
WORDS = "This message was saved by a newer Tillbridge (2); this one reads up to 1."
PART = Event(
    id="0123456789abcdef",
    store=STORE,
    trigger="sale.completed",
    occurred_ms=1_000,
    products=((PosProductId("p-1"), 7),),
    total=1,
    offset=0,
    sender=Sender("pos.test", ACCOUNT, ours=True),
)


def a_record(body: str, number: int = 1, queue: str = "queue") -> dict[str, Any]:
    return {
        "messageId": f"m-{number}",
        "body": body,
        "eventSourceARN": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:{queue}",
        "attributes": {"ApproximateReceiveCount": "1"},
    }


def newer(body: str) -> str:
    """Return a body as a later release might write it: more in it, and a version above ours."""
    return json.dumps({**json.loads(body), "something": {"else": 1}, "v": 2})


PAGE = texts_of(PageMessage("0123456789abcdef", STORE, Ask()))[0]


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (read_message, signal_of(STORE)),
        (read_message, signal_of(STORE, work="orders")),
        (read_message, part_of(PART)),
        (read_import_message, PAGE),
    ],
    ids=["wake", "wake of orders", "part", "import"],
)
def test_what_is_read_of_this_release_is_refused_of_a_later_one(read: Any, body: str) -> None:
    claims = () if read is read_import_message else (None,)
    assert read(body, *claims, ACCOUNT)
    with pytest.raises(SavedByNewer, match="newer Tillbridge"):
        read(newer(body), *claims, ACCOUNT)


def test_an_import_that_waits_is_refused_by_what_is_in_it() -> None:
    later = json.dumps({"later": newer(PAGE)})
    with pytest.raises(SavedByNewer):
        read_import_message(later, ACCOUNT)


@pytest.mark.parametrize("body", [signal_of(STORE), run_of(STORE, Request(full=True))])
def test_a_newer_message_returns_and_the_others_are_worked_on(
    body: str, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []
    records = [a_record(body, 1), a_record(newer(body), 2), a_record(body, 3)]
    answer = one_by_one(records, lambda each: seen.append(body_of(each)["store_id"]))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-2"}]}
    assert seen == [STORE, STORE]
    assert WORDS in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("version", ["2", 0, -1, True, None, 1.5, 10**40])
def test_a_version_that_is_none_is_refused_too(version: object) -> None:
    with pytest.raises(SavedByNewer):
        body_of(a_record(json.dumps({"store_id": STORE, "v": version})))
