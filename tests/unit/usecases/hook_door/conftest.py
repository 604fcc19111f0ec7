"""The door of one store's webhooks, over fakes."""

import json
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
from tillbridge.domain.hook_access import HookAccess, header_secret
from tillbridge.domain.hooks import signature as signed_by
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.ports.hook_secrets import ClientSecret
from tillbridge.usecases.take_hook import HookCall, HookDeps, Outcome, take_hook

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
