"""What every event carries is read, or refused in words that name the field."""

import json
from functools import partial

import pytest

from tests.builders import OWN_ACCOUNT
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.event_parts import body_of
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.events import Event, parts

READ = partial(
    read_message, read_claim=partial(read_claim, None, frozenset()), own_account=OWN_ACCOUNT
)


def an_event(occurred_at: str) -> str:
    """Return an event's text."""
    metadata = {
        "event_id": "e" * 16,
        "schema_version": "1.0",
        "store_id": "demo",
        "occurred_at": occurred_at,
    }
    data = {"products": [{"product_id": "p-1", "version": 1}]}
    detail = {"metadata": metadata, "data": data}
    sender = {"source": "pos.reference", "account": OWN_ACCOUNT}
    return json.dumps({"detail-type": "product.saved", **sender, "detail": detail})


@pytest.mark.parametrize(
    "occurred_at",
    ["0001-01-01T00:00:00Z", "2026-11-21T14:00:00.123+14:00", "9999-12-31T23:59:59Z"],
)
def test_a_part_occurred_when_its_event_did(occurred_at: str) -> None:
    event = READ(an_event(occurred_at))
    assert isinstance(event, Event)
    assert READ(body_of(event)) == event


@pytest.mark.parametrize(
    "occurred_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T12:00:00"]
)
def test_a_time_that_no_clock_shows_is_refused_in_words(occurred_at: str) -> None:
    with pytest.raises(UnreadableEvent, match="occurred_at"):
        READ(an_event(occurred_at))


def test_of_an_event_that_is_replayed_nobody_waits_since_it_occurred() -> None:
    body = {**json.loads(an_event("2026-11-21T14:00:00Z")), "replay-name": "tillbridge-1"}
    event = READ(json.dumps(body))
    assert isinstance(event, Event)
    assert event.occurred_ms < 0
    (again,) = parts(event)
    repeated = READ(body_of(again))
    assert isinstance(repeated, Event)
    assert repeated.occurred_ms < 0
