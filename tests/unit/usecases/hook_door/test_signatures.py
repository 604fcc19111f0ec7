"""Calls that BigCommerce signs, where the store gave its client secret."""

from dataclasses import replace

import pytest

from tests.builders import STORE
from tests.unit.usecases.hook_door.conftest import Door
from tillbridge.domain.lanes import Lane
from tillbridge.ports.hook_secrets import ClientSecret
from tillbridge.usecases.take_hook import Outcome


def test_a_signed_call_is_taken(signed_door: Door) -> None:
    assert signed_door.take(signed_door.signed(signed_door.call())) is Outcome.TAKEN


@pytest.mark.parametrize("off_s", [-301, 301])
def test_a_replay_older_than_five_minutes_is_forged(signed_door: Door, off_s: int) -> None:
    call = signed_door.signed(signed_door.call(), off_s=off_s)
    assert signed_door.take(call) is Outcome.FORGED


def test_a_bad_signature_is_forged_though_the_header_is_right(signed_door: Door) -> None:
    call = signed_door.signed(signed_door.call(), "other")
    assert signed_door.take(call) is Outcome.FORGED
    assert signed_door.reads == []


def test_a_body_that_was_changed_is_forged(signed_door: Door) -> None:
    call = signed_door.signed(signed_door.call())
    changed = replace(call, body=call.body.replace(b"250", b"251"))
    assert signed_door.take(changed) is Outcome.FORGED


def test_without_a_signature_the_header_is_enough_and_it_is_counted(signed_door: Door) -> None:
    assert signed_door.take(signed_door.call()) is Outcome.UNSIGNED
    assert signed_door.rows == {(Lane.WEB, "250")}


def test_a_store_may_require_signatures(signed_door: Door) -> None:
    signed_door.secrets.client_secrets[STORE] = ClientSecret("client", required=True)
    assert signed_door.take(signed_door.call()) is Outcome.FORGED
    assert signed_door.take(signed_door.signed(signed_door.call())) is Outcome.TAKEN


def test_a_signature_is_not_looked_at_where_no_client_secret_was_given(door: Door) -> None:
    assert door.take(door.signed(door.call(), "whatever")) is Outcome.TAKEN
