"""Connections and POS accounts as items."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tillbridge.adapters.dynamodb.safety_items import most_of, safety_of, safety_values
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import (
    Connection,
    Pause,
    PushContent,
    Settings,
    StoreState,
    WebOrderMode,
)
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import PosAccountKey, StoreId, StoreProductId
from tillbridge.domain.lag_histogram import Histogram, LagPath, unpacked
from tillbridge.domain.money_format import MoneyFormat, Side
from tillbridge.domain.pos_account import PosAccount, PosKind

KEPT_SECONDS = 30 * 24 * 3600


def connection_values(connection: Connection) -> dict[str, Any]:
    """Return every attribute of a connection; its POS account is an item of its own."""
    return {
        "store": connection.store,
        "store_hash": connection.store_hash,
        "api_url": connection.api_url,
        "pos_account": connection.pos_account.key,
        "channel_id": connection.channel_id,
        "category_tree_id": connection.category_tree_id,
        "location_id": connection.location_id,
        "settings": settings_values(connection.settings),
        "settings_version": connection.settings_version,
        "web_orders_since_ms": connection.web_orders_since_ms,
        "hooks": hook_values(connection.hooks),
        **({"ignored": set(connection.ignored)} if connection.ignored else {}),
        **safety_values(connection.settings),
        **({"canary": canary_values(connection.canary)} if connection.canary else {}),
        **_beside_values(connection),
        **trouble_values(connection),
        "pause": asdict(connection.pause),
    }


def _beside_values(connection: Connection) -> dict[str, Any]:
    return {
        **({"money": asdict(connection.money)} if connection.money else {}),
        **({"connected_ms": connection.connected_ms} if connection.connected_ms else {}),
        **({"first_day_over": True} if connection.first_day_over else {}),
        **({"title": connection.title} if connection.title else {}),
    }


def trouble_values(connection: Connection) -> dict[str, Any]:
    """Return the attributes that say whether a store may be called, and why not; who paused it is beside them."""
    return {
        "state": connection.state.value,
        "attention_code": connection.attention_code,
        "attention_words": connection.attention_words,
        "not_before_ms": connection.not_before_ms,
        "failures": connection.failures,
    }


def connection_of(values: Mapping[str, Any], account: PosAccount | None = None) -> Connection:
    """Return the connection that an item's plain values hold, with its POS account. Without the
    account's row nothing but its key is known: it has no address, and nobody speaks for it."""
    key = PosAccountKey(values["pos_account"])
    return Connection(
        store=StoreId(values["store"]),
        store_hash=values["store_hash"],
        api_url=values["api_url"],
        pos_account=account or PosAccount(key, address="", source=""),
        channel_id=values["channel_id"],
        category_tree_id=values["category_tree_id"],
        location_id=values["location_id"],
        settings=_settings_of(values["settings"], values.get("safety")),
        state=StoreState(values["state"]),
        attention_code=values["attention_code"],
        attention_words=values["attention_words"],
        pause=Pause(**values.get("pause", {})),
        not_before_ms=values["not_before_ms"],
        failures=values["failures"],
        ignored=frozenset(values.get("ignored", ())),
        web_orders_since_ms=values["web_orders_since_ms"],
        hooks=HookAccess(**values["hooks"]),
        canary=_canary_of(values.get("canary")),
        settings_version=values.get("settings_version", 0),
        money=_money_of(values.get("money")),
        connected_ms=values.get("connected_ms", 0),
        first_day_over=values.get("first_day_over", False),
        title=values.get("title", ""),
    )


def hook_values(access: HookAccess) -> dict[str, Any]:
    """Return every attribute of a store's access by webhooks; none of them is a secret but the key."""
    return asdict(access)


def canary_values(canary: Canary) -> dict[str, int]:
    """Return what is kept of a canary."""
    return asdict(canary)


def _canary_of(values: Mapping[str, int] | None) -> Canary | None:
    if values is None:
        return None
    product = StoreProductId(values["product"])
    return Canary(product, values["good_ms"], values["counter"], values["written_ms"])


def _money_of(values: Mapping[str, Any] | None) -> MoneyFormat | None:
    return MoneyFormat(**{**values, "side": Side(values["side"])}) if values else None


def account_values(account: PosAccount) -> dict[str, Any]:
    """Return every attribute of a POS account."""
    return {
        "address": account.address,
        "source": account.source,
        "aws_account": account.aws_account,
        "kind": account.kind.value,
        "epoch": account.epoch,
        "facts": dict(account.facts),
    }


def account_of(values: Mapping[str, Any]) -> PosAccount:
    """Return the POS account that an item's plain values hold."""
    return PosAccount(
        key=PosAccountKey(values["sk"]),
        address=values["address"],
        source=values["source"],
        aws_account=values["aws_account"],
        kind=PosKind(values["kind"]),
        epoch=values["epoch"],
        facts=values["facts"],
    )


def lags_of(stored: Any) -> dict[LagPath, Histogram]:
    """Return the lags that a plain binary value holds."""
    return unpacked(bytes(stored))


def settings_values(settings: Settings) -> dict[str, Any]:
    """Return the settings as they are kept, without what of the safety stock was learned."""
    return {
        "fields": {field.value: mode.value for field, mode in settings.fields.modes.items()},
        "push_content": settings.push_content.value,
        "outlets": sorted(settings.outlets),
        "safety_stock": settings.safety_stock,
        **most_of(settings),
        "default_department": settings.default_department,
        "auto_link": settings.auto_link,
        "reconcile_mode": settings.reconcile_mode,
        "web_orders": settings.web_orders.value,
        "web_outlet": settings.web_outlet,
    }


def _settings_of(values: Mapping[str, Any], safety: object) -> Settings:
    return Settings(
        learned_safety=safety_of(values.get("safety_most"), safety),
        fields=FieldPolicy({Field(field): Mode(mode) for field, mode in values["fields"].items()}),
        push_content=PushContent(values["push_content"]),
        outlets=frozenset(values["outlets"]),
        safety_stock=values["safety_stock"],
        default_department=values["default_department"],
        auto_link=values["auto_link"],
        reconcile_mode=values["reconcile_mode"],
        web_orders=WebOrderMode(values["web_orders"]),
        web_outlet=values["web_outlet"],
    )
