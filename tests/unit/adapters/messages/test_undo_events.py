"""What an event says of what is to be undone; those of senders who name nothing mean the first push after a
link, as before."""

import json
from itertools import count
from typing import Any

import pytest

from events.wrap import bus_entries
from tests.contract.event_schemas import FOLDER, ROOT
from tests.unit.adapters.messages.test_who_asked import READ, body
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.link_requests import FIRST_PUSH, LinkEvent, UndoOf

JOB = "01KAJ8Z3M000000000000000A1"


def undoes(data: dict[str, Any], kind: str = "undo.requested") -> UndoOf:
    event = READ(body(kind, data if "links" in data else {"product_id": "p-1", **data}))
    assert isinstance(event, LinkEvent)
    assert {each.undoes for each in event.requests(count())} == {event.undoes}
    return event.undoes


def test_an_undo_that_names_nothing_is_of_the_first_push() -> None:
    assert undoes({}) == FIRST_PUSH


def test_an_undo_says_of_which_job_and_which_fields() -> None:
    data = {"undoes": JOB, "fields": ["price", "name", "price"]}
    assert undoes(data) == UndoOf(JOB, ("name", "price"))
    assert undoes({"undoes": JOB, "hides": True}) == UndoOf(JOB, hides=True)


def test_only_an_undo_undoes() -> None:
    assert undoes({"undoes": JOB}, "unlink.requested") == FIRST_PUSH


@pytest.mark.parametrize(
    "odd",
    [
        {"undoes": ""},
        {"undoes": "j" * 65},
        {"undoes": "nul \0"},
        {"undoes": 7},
        {"fields": []},
        {"fields": ["weight"]},
        {"fields": ["price"] * 16},
        {"fields": "price"},
        {"hides": "yes"},
    ],
    ids=str,
)
def test_what_cannot_be_undone_is_refused_with_words(odd: dict[str, Any]) -> None:
    with pytest.raises(UnreadableEvent, match=next(iter(odd))):
        undoes(odd)


def test_the_contract_names_the_fields_that_a_push_sends() -> None:
    schema = json.loads((FOLDER / "undo.requested.schema.json").read_text(encoding="utf-8"))
    fields = schema["properties"]["data"]["properties"]["fields"]
    assert set(fields["items"]["enum"]) == set(FIELDS)
    assert fields["maxItems"] == len(FIELDS)


def test_golden_events_say_what_they_undo() -> None:
    (push,) = bus_entries(ROOT / "events" / "bus" / "undo.requested.push.json")
    (hides,) = bus_entries(ROOT / "events" / "bus" / "undo.requested.hides.json")
    assert undoes(push["detail"]["data"]).fields == ("price",)
    assert undoes(hides["detail"]["data"]).hides
