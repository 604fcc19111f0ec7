"""The messages in the queues and the events on the bus of a release, one of each kind, and how each is read."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.builders import OWN_ACCOUNT, STORE, a_web_product
from tests.fakes.clock import FakeClock
from tests.released.rows import HERE
from tillbridge.adapters.messages.canary_bus import EventBridgeCanaryBus
from tillbridge.adapters.messages.event_parts import body_of as part_of
from tillbridge.adapters.messages.import_bodies import texts_of
from tillbridge.adapters.messages.import_queue import LATER
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.reconcile import _body as run_of
from tillbridge.adapters.messages.reconcile import read_trigger
from tillbridge.adapters.messages.requests_bus import BusRequests
from tillbridge.adapters.messages.signals import _body as signal_of
from tillbridge.domain.events import Event
from tillbridge.domain.ids import PosProductId, StoreProductId, WebOrderId
from tillbridge.domain.import_messages import Ask, BatchMessage, PageMessage
from tillbridge.domain.lanes import CANARY_DUE
from tillbridge.domain.link_requests import FIRST_PUSH, UndoOf
from tillbridge.domain.run import Request
from tillbridge.domain.senders import Sender
from tillbridge.domain.web_orders.asked_for import DoOrder
from tillbridge.ports.requests import Undone
from tillbridge.queue_batches import body_of

PLAN = "01KAJ8Z3M000000000000000P0"
JOB, BY, ROPE = "01KAJ8Z3M000000000000000J0", "Ann", PosProductId("p-1")
PART = Event(
    id="0123456789abcdef",
    store=STORE,
    trigger="push.requested",
    occurred_ms=1_000,
    products=((ROPE, 0), (PosProductId("p-2"), 0)),
    total=300,
    offset=100,
    sender=Sender("tillbridge.console", OWN_ACCOUNT, ours=True),
    by=BY,
    job=JOB,
    plan=PLAN,
)

type Messages = Mapping[str, str]
"""Bodies by kind, as they lie in a queue; what goes on the bus, as the rule's target gets it."""


class _Bus:
    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def put_events(self, Entries: Sequence[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's
        self.entries += Entries
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}] * len(Entries)}


def written() -> dict[str, str]:
    """Return what today's writers write."""
    page = PageMessage(JOB, STORE, Ask(brand="Acme"), after=7, attempts=1, by=BY)
    batch = BatchMessage(JOB, STORE, (a_web_product(),), by=BY)
    bodies = {
        "signal": signal_of(STORE),
        "wake": signal_of(STORE),
        "wake of orders": signal_of(STORE, work="orders"),
        "part": part_of(PART),
        "import's page": texts_of(page)[0],
        "import's batch": texts_of(batch)[0],
        "import that waits": f"{LATER}{json.dumps(texts_of(page)[0])}}}",
        "run": run_of(STORE, Request(full=True, by=BY)),
        "plan": run_of(STORE, Request(plan=PLAN, by=BY)),
    }
    bus = _Bus()
    ask = BusRequests(lambda: bus, lambda: None, "bus", "bucket", FakeClock())  # type: ignore[arg-type,return-value]  # the one call that they make
    ask.push(STORE, JOB, BY, [ROPE], PLAN)
    ask.import_(STORE, JOB, BY, [StoreProductId(101)])
    ask.link(STORE, JOB, BY, [(ROPE, StoreProductId(101))])
    ask.unlink(STORE, JOB, BY, [ROPE])
    ask.undo(
        STORE, JOB, BY, [Undone(ROPE, UndoOf(JOB, ("price",), hides=True), StoreProductId(101))]
    )
    ask.undo(STORE, JOB, BY, [Undone(ROPE, FIRST_PUSH, None)])
    ask.orders(STORE, JOB, BY, DoOrder.RETRY, [WebOrderId(7)])
    ask.compare(STORE, JOB, BY, full=True)
    ask.plan_exactly(STORE, PLAN, BY)
    EventBridgeCanaryBus(lambda: bus, "bus", FakeClock()).due([STORE])  # type: ignore[arg-type,return-value]  # as above
    for place, entry in enumerate(bus.entries):
        event = {
            "detail-type": entry["DetailType"],
            "source": entry["Source"],
            "account": OWN_ACCOUNT,
            "detail": json.loads(entry["Detail"]),
        }
        if entry["DetailType"] == CANARY_DUE:  # its id is made up
            event["detail"]["metadata"]["event_id"] = JOB
        bodies[f"{place} {entry['DetailType']}"] = json.dumps(event)
    return bodies


def read(kind: str, body: str) -> object:
    """Return what today's reader of a kind of messages makes of one."""
    readers: dict[str, Callable[[], object]] = {
        "import": lambda: read_import_message(body, OWN_ACCOUNT),
        "reconcile": lambda: read_trigger(json.loads(body), OWN_ACCOUNT),
        "plan.": lambda: read_trigger(json.loads(body), OWN_ACCOUNT),
        "signal": lambda: body_of({"body": body}),
        "run": lambda: body_of({"body": body}),
        "plan": lambda: body_of({"body": body}),
    }
    named = kind.lstrip("0123456789 ")
    for begin, reader in readers.items():
        if named.startswith(begin):
            return reader()
    return read_message(body, lambda *_: [], OWN_ACCOUNT)


def messages_of(release: str) -> Messages:
    """Return the messages of a release."""
    found: Messages = json.loads(_place(release).read_text(encoding="utf-8"))
    return found


def freeze(release: str) -> None:
    """Write today's messages as those of a release."""
    text = json.dumps(written(), indent=1, sort_keys=True)
    _place(release).write_text(f"{text}\n", encoding="utf-8")


def _place(release: str) -> Path:
    return HERE / release / "messages.json"
