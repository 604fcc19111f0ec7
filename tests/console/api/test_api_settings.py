"""Settings, pausing and tokens by the API."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import STORE
from tests.console.api.calls import IN_STORE, JSON, NOW_MS, Answered, Console, a_person, call
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.token_box import FakeTokenBox
from tillbridge.domain.connection import StoreState
from tillbridge.domain.people import Role

OWNER = a_person(harbour=Role.OWNER)
AT = f"{IN_STORE}/settings"


def patch(console: Console, seen: str, body: Any) -> Answered:
    return call(console, "PATCH", AT, person=OWNER, body=body, headers={**JSON, "if-match": seen})


def test_settings_are_changed_over_the_version_that_was_seen(console: Console) -> None:
    before = call(console, "GET", AT)
    assert (before.headers["ETag"], before.body["versions"]) == ('"0"', [])
    assert before.body["settings"]["price"] == "on"
    after = patch(console, '"0"', {"settings": {"price": "off", "safety_stock": "2"}})
    assert (after.status, after.headers["ETag"]) == (200, '"1"')
    assert after.body["settings"]["price"] == "off"
    newest = after.body["versions"][0]
    assert (newest["by"], newest["at"]) == ("Mia", "2026-05-28T20:26:40Z")
    assert newest["changes"] == [
        {"name": "safety_stock", "before": "0", "after": "2"},
        {"name": "price", "before": "on", "after": "off"},
    ]
    assert console.requests.asked == []


def test_who_saw_an_older_version_is_answered_412_in_words(console: Console) -> None:
    patch(console, '"0"', {"settings": {"safety_stock": "2"}})
    lost = patch(console, '"0"', {"settings": {"price": "off"}})
    assert (lost.status, lost.body["code"]) == (412, "changed_meanwhile")
    assert lost.body["detail"] == "Mia changed safety stock meanwhile. Look again."
    assert call(console, "GET", AT).body["settings"]["price"] == "on"


def test_without_a_version_nothing_is_changed(console: Console) -> None:
    assert (
        call(console, "PATCH", AT, person=OWNER, body={"settings": {"price": "off"}}).status == 428
    )
    assert patch(console, "*", {"settings": {"price": "off"}}).status == 422
    assert call(console, "GET", AT).headers["ETag"] == '"0"'


@pytest.mark.parametrize(
    ("named", "place"),
    [({"price": "<b>"}, "body.settings.price"), ({"<b>": "on"}, "body.settings")],
)
def test_what_is_no_setting_is_named_and_not_repeated(
    console: Console, named: dict[str, str], place: str
) -> None:
    answered = patch(console, '"0"', {"settings": named})
    assert (answered.status, answered.body["code"]) == (422, "invalid")
    assert answered.body["fields"] == [{"place": place, "kind": "no_such_value"}]
    assert "<b>" not in str(answered.body)


def test_what_both_sides_are_asked_of_names_the_command(console: Console) -> None:
    answered = patch(console, '"0"', {"settings": {"web_orders": "ledger"}})
    assert (answered.status, answered.body["code"]) == (422, "cannot_ask")
    assert "tillbridge store set web_orders=ledger" in answered.body["detail"]


def test_a_comparison_is_asked_for_with_it(console: Console) -> None:
    patch(console, '"0"', {"settings": {"safety_stock": "2"}, "compare": True})
    ((kind, store, _, by, full),) = console.requests.asked
    assert (kind, store, by, full) == ("compare", STORE, "Mia", (True,))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(st.sampled_from(["price", "outlets", "safety_stock", "x"]), st.text()))
def test_no_settings_make_the_api_crash(console: Console, named: dict[str, str]) -> None:
    seen = call(console, "GET", AT).headers["ETag"]
    assert patch(console, seen, {"settings": named}).status in {200, 400, 422}


def test_a_store_is_paused_and_resumed(console: Console) -> None:
    paused = call(console, "POST", f"{IN_STORE}/pause", person=OWNER, body={"why": "a sale"})
    assert paused.body == {
        "state": "paused",
        "paused_by": "Mia",
        "paused_why": "a sale",
        "paused_at": "2026-05-28T20:26:40Z",
    }
    assert NOW_MS == 1_780_000_000_000
    resumed = call(console, "POST", f"{IN_STORE}/resume", person=OWNER, body={})
    assert resumed.body["state"] == "active"
    found = console.deps.stores.find(STORE)
    assert found is not None
    assert found.state is StoreState.ACTIVE


def test_a_token_is_tried_kept_and_in_no_answer(
    console: Console, caplog: pytest.LogCaptureFixture
) -> None:
    new = "n3wt0ken" * 4
    box, sides = console.deps.tokens, console.deps.scopes
    assert isinstance(box, FakeTokenBox)
    assert isinstance(sides, FakeSides)
    kept = call(console, "POST", f"{IN_STORE}/token", person=OWNER, body={"token": new})
    assert box.kept == {f"store/{STORE}": new}
    assert {each["there"] for each in kept.body["data"]} <= {True, None}
    sides.lacks = {"Products"}
    answers = [
        call(console, "POST", f"{IN_STORE}/token", person=OWNER, body=body)
        for body in ({"token": new}, {"token": f"{new} x"}, {"token": [new]}, {"tokens": new})
    ]
    assert {each.status for each in answers} == {422}
    assert "“Products: modify”" in answers[0].body["detail"]
    assert new not in f"{kept} {answers} {caplog.text}"
