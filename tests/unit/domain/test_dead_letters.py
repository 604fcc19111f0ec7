"""Whose a dead letter is, where it may go again, and how it is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.dead_letters import (
    Box,
    DeadLetter,
    goes_to,
    instead,
    kind_of,
    readable,
    store_of,
    why_there,
)

EVENT = '{"detail-type":"product.saved","detail":{"metadata":{"store_id":"harbour"}}}'
ASKED = '{"detail-type":"reconcile.requested","detail":{"metadata":{"store_id":"harbour"}}}'


def a_letter(body: str, box: Box = Box.POS_EVENTS, **given: object) -> DeadLetter:
    usual: dict[str, object] = {"receipt": "r", "sent_ms": 1, "received": 5}
    return DeadLetter(box, "m-1", body=body, **{**usual, **given})  # type: ignore[arg-type]  # fields of a dead letter


@pytest.mark.parametrize(
    ("body", "box", "group", "store"),
    [
        (EVENT, Box.POS_EVENTS, "", "harbour"),
        ('{"store_id": "harbour", "work": "orders"}', Box.WAKES, "", "harbour"),
        ('{"store_id": "harbour"}', Box.STORE_WORK, "harbour", "harbour"),
        ("not json", Box.STORE_WORK, "harbour", "harbour"),
        (json.dumps({"later": '{"store_id": "harbour"}'}), Box.REQUESTS, "", "harbour"),
        ('{"store_id": "harbour"}', Box.STORE_WORK, "quay", None),
        (
            '{"store_id": "quay", "detail": {"metadata": {"store_id": "harbour"}}}',
            Box.WAKES,
            "",
            None,
        ),
        ('{"store_id": ["harbour"]}', Box.WAKES, "", None),
        ('{"store_id": null}', Box.WAKES, "", None),
        ('{"store_id": "../harbour"}', Box.WAKES, "", None),
        ('{"detail": []}', Box.POS_EVENTS, "", None),
        ("[" * 100_000, Box.POS_EVENTS, "", None),
        ("9" * 10_000, Box.POS_EVENTS, "", None),
        ("", Box.POS_EVENTS, "", None),
    ],
)
def test_a_dead_letter_is_of_the_one_store_that_it_names(
    body: str, box: Box, group: str, store: str | None
) -> None:
    assert store_of(a_letter(body, box, group=group)) == store


@given(st.text(max_size=300) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_no_body_is_too_strange_to_be_shown(body: str) -> None:
    letter = a_letter(body)
    store_of(letter), kind_of(letter), why_there(letter), goes_to(letter), instead(letter)
    text, more = readable(body, 100)
    assert len(text) <= 100
    assert len(text) + more >= len(body.strip())


def test_json_is_set_out_in_lines_and_says_the_same() -> None:
    text, more = readable(EVENT, 1_000)
    assert text.count("\n") > 4
    assert json.loads(text) == json.loads(EVENT)
    assert more == 0


@pytest.mark.parametrize(
    "body", ['{"price": 1.10}', '{"a": 1, "a": 2}', "{not json", '{"a" : 1}', "12", '"text"']
)
def test_what_would_be_written_otherwise_is_shown_as_it_came(body: str) -> None:
    assert readable(body, 100) == (body, 0)


def test_what_is_nested_too_deeply_is_shown_as_it_came() -> None:
    body = "[" * 1_500 + "]" * 1_500
    assert readable(body, 4_000) == (body, 0)


def test_of_a_long_body_the_beginning_is_shown_and_the_rest_counted() -> None:
    assert readable("x" * 1_000_000, 4_000) == ("x" * 4_000, 996_000)


def test_each_goes_back_to_the_queue_it_came_from() -> None:
    for box in set(Box) - {Box.POS_POLLS}:
        meant_for = Box.REQUESTS if box is Box.UNDELIVERED else None
        letter = a_letter(EVENT, box, meant_for=meant_for)
        assert goes_to(letter) is (meant_for or box)
        assert instead(letter) == ""


def test_what_no_queue_of_ours_took_is_not_sent_again_and_says_what_to_do() -> None:
    of_schedule = a_letter('{"full": false}', Box.UNDELIVERED)
    assert goes_to(of_schedule) is None
    assert "begins again by itself" in instead(of_schedule)
    asked = a_letter(ASKED)
    assert goes_to(asked) is None
    assert instead(asked) == "Ask for the comparison again, then discard this."


def test_a_poll_is_not_sent_again_because_the_next_minute_begins_one() -> None:
    letter = a_letter("{}", Box.POS_POLLS, group="lightspeed-x/harbour")
    assert goes_to(letter) is None
    assert instead(letter).startswith("A new poll begins each minute: discard this")
    assert "poll" in why_there(letter)
    assert store_of(letter) is None


def test_one_without_a_reason_names_the_function_whose_log_has_it() -> None:
    assert "push" in why_there(a_letter("{}", Box.STORE_WORK))
    assert why_there(a_letter("{}", reason="No such store.")) == "No such store."
    assert "could not be delivered" in why_there(a_letter("{}", Box.UNDELIVERED))
