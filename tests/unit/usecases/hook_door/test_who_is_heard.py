"""Who is heard: address, secret, size and sender are right, or nothing is read."""

import hmac
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import STORE
from tests.fakes.stores import FakeStores
from tests.unit.usecases.hook_door.conftest import KEY, Door, said
from tillbridge.domain.hook_access import OLD_SECRET_MS, HookAccess, header_secret, rotated
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.take_hook import LONGEST_BODY, Outcome


@pytest.mark.parametrize(
    "store",
    [
        "",
        "nobody",
        "#stores",
        "#accounts",
        f"{STORE}#web",
        "../demo",
        "a" * 65,
        "\0",
        "é",
        f"{STORE} ",
    ],
)
def test_a_store_that_nobody_has_is_not_there(door: Door, store: str) -> None:
    assert door.take(door.call(store=store)) is Outcome.NOBODY
    assert door.pending.rows == []


def test_a_store_of_a_name_that_no_new_store_gets_is_heard_as_before(door: Door) -> None:
    name = StoreId("connect")
    door.stores = FakeStores([replace(door.connection(), store=name)])
    headers = {"x-tillbridge-hook": header_secret(door.secrets.key, name, 1)}
    assert door.take(door.call(store=name, headers=headers)) is Outcome.TAKEN


def test_a_hostile_name_asks_the_tables_nothing(door: Door, monkeypatch: Any) -> None:
    monkeypatch.setattr(door.stores, "find", lambda _: pytest.fail("asked"))
    assert door.take(door.call(store="#accounts")) is Outcome.NOBODY


@pytest.mark.parametrize("key", ["", "k3y", KEY.upper(), KEY + "x", "\ud800", "x" * 10_000])
def test_a_wrong_key_is_no_address(door: Door, key: str) -> None:
    assert door.take(door.call(key=key)) is Outcome.NOBODY
    assert door.reads == []


def test_a_store_without_an_address_hears_nobody() -> None:
    door = Door(access=HookAccess())
    assert door.take(door.call(key="")) is Outcome.NOBODY


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-tillbridge-hook": ""},
        {"x-tillbridge-hook": "guess"},
        {"x-tillbridge-hook": header_secret(b"other", STORE, 1)},
        {"x-tillbridge-hook": header_secret(b"stack-key", StoreId("other"), 1)},
        {"x-tillbridge-hook": header_secret(b"stack-key", STORE, 0)},
        {"x-tillbridge-hook": header_secret(b"stack-key", STORE, 2)},
    ],
)
def test_a_wrong_secret_is_forged_and_nothing_is_read(door: Door, headers: dict[str, str]) -> None:
    assert door.take(door.call(headers=headers)) is Outcome.FORGED
    assert (door.reads, door.pending.rows, door.signals.signalled) == ([], [], [])


def test_the_secret_before_is_good_for_72_hours_after_a_rotation(door: Door) -> None:
    old = door.call()
    door.access = rotated(door.access, door.clock.now_ms())
    door.stores.save_connection(door.connection())
    assert door.take(old) is Outcome.TAKEN
    assert door.take(door.call(headers={"x-tillbridge-hook": door.secret(2)})) is Outcome.TAKEN
    door.clock.advance(OLD_SECRET_MS / 1_000 + 1)
    assert door.take(old) is Outcome.FORGED


def test_secrets_are_compared_in_a_time_that_tells_nothing(door: Door, monkeypatch: Any) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = hmac.compare_digest

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return bool(real(one, other))

    monkeypatch.setattr("hmac.compare_digest", compare)
    door.take(door.call())
    assert [one for one, _ in compared] == [KEY.encode(), door.secret().encode()]


def test_a_large_body_is_not_read(door: Door) -> None:
    assert door.take(door.call(b" " * (LONGEST_BODY + 1))) is Outcome.TOO_LARGE
    assert door.take(door.call(b"x" * 17_408)) is Outcome.TOO_LARGE
    assert door.reads == []


@pytest.mark.parametrize("producer", ["stores/other", "hbr1", "", None, 7, "stores/HBR1"])
def test_another_stores_producer_is_forged(door: Door, producer: Any) -> None:
    assert door.take(door.call(said() | {"producer": producer})) is Outcome.FORGED
    assert door.pending.rows == []


def test_a_hook_of_a_removed_store_asks_for_nothing_and_counts_against_no_domain() -> None:
    """A 404 would be made again, and count against the hooks of every store."""
    door = Door()
    door.stores.take_out(STORE, "mina", 5)
    assert door.take(door.call()) is Outcome.UNNEEDED
    assert door.take(door.call(key="guessed")) is Outcome.NOBODY
    assert door.take(door.call(store="other")) is Outcome.NOBODY
    assert door.rows == set()
