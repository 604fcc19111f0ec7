"""What fails on our side is raised, so that the call comes again; nothing secret is told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.unit.usecases.hook_door.conftest import KEY, Door, said
from tillbridge.domain.errors import RetryLater


def _no_secrets(door: Door) -> None:
    door.secrets.unreadable = True


def _no_table(door: Door) -> None:
    def fail(_: object) -> None:
        raise RetryLater("busy")

    door.pending.mark = fail  # type: ignore[method-assign,assignment]  # a table that fails


@pytest.mark.parametrize("breaks", [_no_secrets, _no_table])
def test_our_own_failure_is_raised_so_that_the_call_comes_again(
    door: Door, breaks: Callable[[Door], None]
) -> None:
    breaks(door)
    with pytest.raises(RetryLater):
        door.take(door.call())
    assert door.signals.signalled == []


def test_a_client_secret_that_is_gone_is_our_own_failure(door: Door) -> None:
    door.access = replace(door.access, signed=True)
    door.stores.save_connection(door.connection())
    with pytest.raises(RetryLater):
        door.take(door.call())


def test_no_secret_and_no_shopper_is_told(
    signed_door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    door = signed_door
    shopper = said() | {"data": {"id": 250, "name": "Ada Lovelace", "email": "ada@example.org"}}
    for call in (
        door.signed(door.call(shopper)),
        door.signed(door.call(shopper), "other"),
        door.call(shopper, headers={"x-tillbridge-hook": "a-guess"}),
        door.call(shopper, key="another-guess"),
        door.call(b"Ada Lovelace"),
    ):
        door.take(call)
    told = " ".join(str(record.__dict__) for record in caplog.records)
    assert "store/order/created" in told
    for secret in (KEY, door.secret(), "client", "a-guess", "another-guess", "Ada", "ada@", "v1,"):
        assert secret not in told, secret
