"""Stores as the suites of their port use them."""

from typing import Protocol

from tests.builders import a_connection
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, PushContent, Settings, StoreState
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.lag_histogram import HourLags
from tillbridge.domain.money_format import MoneyFormat, Side
from tillbridge.domain.pos_account import PosAccount
from tillbridge.ports.connections import Connections
from tillbridge.ports.stores import Stores

LIGHTHOUSE = StoreId("lighthouse")


class KeptStores(Stores, Connections, Protocol):
    """The port, and what the command line needs besides."""

    def set_canary(self, store: StoreId, canary: Canary | None) -> None: ...
    def keep_hooks(self, store: StoreId, access: HookAccess, seen: HookAccess) -> bool: ...
    def save_connection(self, connection: Connection) -> None: ...
    def remove(self, store: StoreId) -> None: ...
    def running_hour(self, store: StoreId) -> HourLags: ...


def a_full_connection() -> Connection:
    """Return a connection in which nothing has its default."""
    return a_connection(
        pos_account=PosAccount(
            PosAccountKey("quay"),
            "https://pos.example/v2",
            source="pos.example",
            aws_account="123456789012",
            epoch=4,
            facts={"currency": "EUR"},
        ),
        channel_id=3,
        category_tree_id=4,
        location_id=5,
        settings=Settings(
            fields=FieldPolicy({Field.PRICE: Mode.MANUAL, Field.IMAGES: Mode.OFF}),
            push_content=PushContent.WHEN_CHANGED,
            outlets=frozenset({"quayside", "market"}),
            safety_stock=2,
            default_department="Misc",
            auto_link="on",
            reconcile_mode="repair",
        ),
        state=StoreState.NEEDS_ATTENTION,
        attention_code="token_dead",
        attention_words="Make a new token.",
        not_before_ms=77,
        failures=6,
        hooks=HookAccess("k3y", generation=3, rotated_ms=55, signed=True),
        money=MoneyFormat("EUR", "€", Side.RIGHT, 2, ",", "."),
        connected_ms=1_700_000_000_000,
        first_day_over=True,
    )
