"""A webhook's call is checked before anything of it is read; then rows are marked."""

import hmac
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.builders import STORE, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.hook_secrets import FakeHookSecrets
from tests.fakes.pending import FakePending
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tillbridge.adapters.messages.hook_bodies import read_hook
from tillbridge.domain.connection import Connection, Settings, StoreState, WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.hook_access import OLD_SECRET_MS, HookAccess, header_secret, rotated
from tillbridge.domain.hooks import signature as signed_by
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.waiting import LATE_MS
from tillbridge.ports.hook_secrets import ClientSecret
from tillbridge.usecases.take_hook import LONGEST_BODY, HookCall, HookDeps, Outcome, take_hook

KEY = "k3y-of-the-address"
LEDGER = Settings(web_orders=WebOrderMode.LEDGER)


@dataclass
class Door:
    """The door of one store, and what came through it."""

    settings: Settings = LEDGER
    access: HookAccess = field(default_factory=lambda: HookAccess(KEY))
    state: StoreState = StoreState.ACTIVE

    def __post_init__(self) -> None:
        self.pending, self.signals = FakePending(), FakeSignals()
        self.secrets, self.clock = FakeHookSecrets(), FakeClock()
        self.reads: list[bytes] = []
        self.stores = FakeStores([self.connection()])

    def connection(self) -> Connection:
        return a_connection(settings=self.settings, hooks=self.access, state=self.state)

    def read(self, raw: bytes) -> Any:
        self.reads.append(raw)
        return read_hook(raw)

    def secret(self, generation: int = 1) -> str:
        return header_secret(self.secrets.key, STORE, generation)

    def call(self, body: Any = None, **more: Any) -> HookCall:
        """Return BigCommerce's call, or one with other parts."""
        raw = body if isinstance(body, bytes) else json.dumps(body or said()).encode()
        call = HookCall(STORE, KEY, {"x-tillbridge-hook": self.secret()}, raw)
        return replace(call, **more)

    def signed(self, call: HookCall, key: str = "client", off_s: int = 0) -> HookCall:
        stamp = str(self.clock.now_ms() // 1_000 + off_s)
        mac = signed_by.signature(key, "msg_1", stamp, call.body)
        added = {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": mac}
        return replace(call, headers={**call.headers, **added})

    def take(self, call: HookCall) -> Outcome:
        deps = HookDeps(
            self.read, self.stores, self.secrets, self.pending, self.signals, self.clock
        )
        return take_hook(call, deps)

    @property
    def rows(self) -> set[tuple[Lane, str]]:
        return {(row.lane, row.product) for row in self.pending.rows}

    def row(self) -> PendingRow:
        (row,) = self.pending.rows
        return row


def said(scope: str = "store/order/created", number: Any = 250, **data: Any) -> dict[str, Any]:
    return {
        "producer": "stores/hbr1",
        "store_id": "1025646",
        "scope": scope,
        "created_at": 1_795_287_600,
        "data": {"type": "order", "id": number, **data},
        "hash": "352e4afc6dd3fc85ea26bfdf3f91852604d57528",
    }


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def signed_door() -> Door:
    """Return a door whose store gave its client secret."""
    door = Door(access=HookAccess(KEY, signed=True))
    door.secrets.client_secrets[STORE] = ClientSecret("client")
    return door


# ---- who is heard -------------------------------------------------------------------------------


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


# ---- signatures ---------------------------------------------------------------------------------


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


# ---- what is in it ------------------------------------------------------------------------------


def test_a_large_body_is_not_read(door: Door) -> None:
    assert door.take(door.call(b" " * (LONGEST_BODY + 1))) is Outcome.TOO_LARGE
    assert door.take(door.call(b"x" * 17_408)) is Outcome.TOO_LARGE
    assert door.reads == []


@pytest.mark.parametrize("producer", ["stores/other", "hbr1", "", None, 7, "stores/HBR1"])
def test_another_stores_producer_is_forged(door: Door, producer: Any) -> None:
    assert door.take(door.call(said() | {"producer": producer})) is Outcome.FORGED
    assert door.pending.rows == []


@pytest.mark.parametrize("body", [b"{this is not JSON", b"", b"[]", b"null", b"\xff\xfe", b'"x"'])
def test_what_bigcommerce_sends_and_nobody_can_read_stands_for_some_order(
    door: Door, body: bytes
) -> None:
    assert door.take(door.call(body)) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "all")}


@pytest.mark.parametrize("number", [None, "abc", -1, 0, True, 1.5, [], {}, 10**30, "9" * 5_000])
def test_an_order_without_a_number_is_some_order(door: Door, number: Any) -> None:
    assert door.take(door.call(said(number=number))) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "all")}


def test_a_number_may_be_a_text(door: Door) -> None:
    door.take(door.call(said(number="250")))
    assert door.rows == {(Lane.WEB, "250")}


@pytest.mark.parametrize(
    "scope", ["store/cart/created", "", None, 7, "store/order/transaction/created"]
)
def test_an_unknown_scope_is_counted_and_marks_nothing(door: Door, scope: Any) -> None:
    assert door.take(door.call(said() | {"scope": scope})) is Outcome.UNKNOWN
    assert (door.pending.rows, door.signals.signalled) == ([], [])


# ---- what is marked -----------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["created", "updated", "archived", "refund/created"])
def test_an_order_marks_its_row_and_nothing_else(door: Door, what: str) -> None:
    assert door.take(door.call(said(f"store/order/{what}"))) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "250")}
    assert door.signals.signalled == [STORE]


@pytest.mark.parametrize("kind", ["product", "sku"])
def test_stock_that_an_order_moved_marks_that_some_order_changed(door: Door, kind: str) -> None:
    door.take(door.call(said(f"store/{kind}/inventory/order/updated", 77)))
    assert door.rows == {(Lane.WEB, "all")}
    assert door.signals.signalled == [STORE]


def test_a_store_that_reads_no_orders_is_told_of_none() -> None:
    door = Door(settings=Settings())
    for scope in ("store/order/created", "store/sku/inventory/order/updated"):
        assert door.take(door.call(said(scope))) is Outcome.UNNEEDED
    assert (door.pending.rows, door.signals.signalled) == ([], [])


def test_a_product_that_was_deleted_is_looked_at_at_once(door: Door) -> None:
    door.take(door.call(said("store/product/deleted", 77)))
    assert door.rows == {(Lane.LOOK, "77")}
    assert door.row().version <= door.clock.now_ms() - LATE_MS
    assert (door.signals.signalled, door.signals.wakes) == ([STORE], [])


@pytest.mark.parametrize("scope", ["store/product/updated", "store/sku/updated"])
def test_what_our_own_pushes_fire_is_not_listened_to(door: Door, scope: str) -> None:
    assert door.take(door.call(said(scope, 77, sku={"product_id": 77}))) is Outcome.UNKNOWN
    assert (door.pending.rows, door.signals.signalled) == ([], [])


def test_a_deleted_product_without_a_number_marks_nothing(door: Door) -> None:
    assert door.take(door.call(said("store/product/deleted", None))) is Outcome.UNNEEDED
    assert door.pending.rows == []


def test_a_paused_store_is_marked_and_not_signalled() -> None:
    door = Door(state=StoreState.PAUSED)
    assert door.take(door.call()) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "250")}
    assert door.signals.signalled == []


def test_ten_hooks_of_one_order_are_one_row(door: Door) -> None:
    for _ in range(10):
        door.take(door.call())
    assert len(door.pending.rows) == 1


def test_a_thousand_hooks_doubled_and_shuffled_leave_the_same_rows() -> None:
    scopes = ["store/order/created", "store/order/updated", "store/product/inventory/order/updated"]
    calls = [said(scopes[n % 3], 1 + n % 400) for n in range(1_000)]
    once, shuffled = Door(), Door()
    for each in calls:
        once.take(once.call(each))
    again = [*calls, *calls]
    random.Random(7).shuffle(again)
    for each in again:
        shuffled.take(shuffled.call(each))
    assert shuffled.rows == once.rows
    assert len(once.rows) == 401 - sum(1 for n in range(400) if not _named(n))


def _named(number: int) -> bool:
    return any(n % 400 == number and n % 3 != 2 for n in range(1_000))


# ---- our own failures, and what is told ---------------------------------------------------------


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


def test_a_hook_of_a_removed_store_asks_for_nothing_and_counts_against_no_domain() -> None:
    """A 404 would be made again, and count against the hooks of every store."""
    door = Door()
    door.stores.take_out(STORE, "mina", 5)
    assert door.take(door.call()) is Outcome.UNNEEDED
    assert door.take(door.call(key="guessed")) is Outcome.NOBODY
    assert door.take(door.call(store="other")) is Outcome.NOBODY
    assert door.rows == set()
