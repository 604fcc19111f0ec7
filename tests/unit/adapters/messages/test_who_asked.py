"""Who asked for something is read where people ask, and nowhere else. Nothing depends on the name."""

import json
from functools import partial
from typing import Any

import pytest

from tests.builders import OWN_ACCOUNT
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.event_parts import body_of
from tillbridge.adapters.messages.import_bodies import message_of, texts_of
from tillbridge.adapters.messages.import_requests import read_import_message
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.events import Event
from tillbridge.domain.import_messages import BatchMessage, PageMessage
from tillbridge.domain.link_requests import LinkEvent

READ = partial(
    read_message, read_claim=partial(read_claim, None, frozenset()), own_account=OWN_ACCOUNT
)


def body(
    kind: str, data: dict[str, Any], by: object = "mina", source: str = "tillbridge.cli"
) -> str:
    metadata = {
        "event_id": "e" * 16,
        "schema_version": "1.0",
        "store_id": "demo",
        "occurred_at": "2026-11-21T14:00:00Z",
        "requested_by": by,
    }
    sender = {"source": source, "account": OWN_ACCOUNT}
    return json.dumps(
        {"detail-type": kind, **sender, "detail": {"metadata": metadata, "data": data}}
    )


def asked_by(by: object) -> str:
    event = READ(body("push.requested", {"product_ids": ["p-1"]}, by))
    assert isinstance(event, Event)
    return event.by


def test_a_push_says_who_asked_also_in_parts() -> None:
    event = READ(body("push.requested", {"product_ids": ["p-1"]}))
    assert isinstance(event, Event)
    assert event.by == "mina"
    assert READ(body_of(event)) == event


def test_an_event_of_the_pos_names_no_person() -> None:
    data = {"products": [{"product_id": "p-1", "version": 1}]}
    event = READ(body("product.saved", data, source="pos.reference"))
    assert isinstance(event, Event)
    assert event.by == ""


@pytest.mark.parametrize("odd", [None, 7, ["mina"], "", "  ", "nul \0"])
def test_a_name_that_cannot_be_kept_stops_no_request(odd: object) -> None:
    assert asked_by(odd) == ""


def test_a_long_name_is_cut() -> None:
    assert asked_by(" " + "ü" * 500) == "ü" * 60


def test_a_request_about_links_says_who_asked() -> None:
    event = READ(body("unlink.requested", {"product_id": "p-1"}))
    assert isinstance(event, LinkEvent)
    assert [each.by for each in event.requests(iter([1]))] == ["mina"]


JOB = {"job": "01KAJ8Z3M000000000000000J0", "plan": "01KAJ8Z3M000000000000000J0"}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("push.requested", {"product_ids": ["p-1"]}),
        ("link.requested", {"product_id": "p-1", "bigcommerce_id": 7}),
        ("unlink.requested", {"links": [{"product_id": "p-1"}], "total": 3, "offset": 2}),
        ("undo.requested", {"product_id": "p-1"}),
    ],
)
def test_events_of_one_request_share_its_job_and_one_without_is_a_job_itself(
    kind: str, data: dict[str, Any]
) -> None:
    alone, together = READ(body(kind, data)), READ(body(kind, data | JOB))
    assert isinstance(alone, Event | LinkEvent)
    assert isinstance(together, Event | LinkEvent)
    assert (alone.job, alone.plan) == ("e" * 16, "")
    assert (together.job, together.plan) == (JOB["job"], JOB["plan"])


def test_an_import_has_the_job_of_its_request() -> None:
    asked = read_import_message(body("import.requested", {"all": True} | JOB), OWN_ACCOUNT)
    assert isinstance(asked, PageMessage)
    assert asked.request == JOB["job"]


def test_a_part_of_a_long_request_keeps_its_job_and_its_plan() -> None:
    event = READ(body("push.requested", {"product_ids": ["p-1"], "total": 900} | JOB))
    assert isinstance(event, Event)
    assert READ(body_of(event)) == event


def test_an_event_of_the_pos_is_no_job() -> None:
    data = {"products": [{"product_id": "p-1", "version": 1}]} | JOB
    event = READ(body("product.saved", data, source="pos.reference"))
    assert isinstance(event, Event)
    assert (event.job, event.plan) == ("", "")


@pytest.mark.parametrize("odd", ["", "short", "j" * 65, 7, "nul in a job of ours\0", ["j" * 16]])
def test_a_job_that_is_none_is_refused_with_words(odd: object) -> None:
    with pytest.raises(UnreadableEvent, match="job"):
        READ(body("push.requested", {"product_ids": ["p-1"], "job": odd}))


def test_an_import_says_who_asked_in_each_of_its_messages() -> None:
    page = read_import_message(body("import.requested", {"all": True}), OWN_ACCOUNT)
    assert isinstance(page, PageMessage)
    batch = BatchMessage(page.request, page.store, (), by=page.by)
    again = [message_of(json.loads(text)) for each in (page, batch) for text in texts_of(each)]
    assert again == [page, batch]
    assert page.by == "mina"
