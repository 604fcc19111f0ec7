"""Change the settings of a store: the command line, the console and an approved run do it here, so that none of them
overwrites what another has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.errors import CannotAsk, Conflict, RetryLater, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.settings_versions import (
    SettingsChanged,
    asks_both_sides,
    changed_meanwhile,
    next_versions,
)
from tillbridge.domain.settings_words import as_words, with_words
from tillbridge.domain.web_orders.unproven import refused_mode
from tillbridge.ports.clock import Clock
from tillbridge.ports.settings_versions import SettingsVersions
from tillbridge.ports.stores import Stores

_TRIES = 5


class SettingsDeps(Protocol):
    """What a change of settings needs."""

    @property
    def stores(self) -> Stores:
        """Return the connections."""
        ...

    @property
    def settings(self) -> SettingsVersions:
        """Return the versions of their settings."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the time."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping settings needs, for those that have no dependencies of their own."""

    stores: Stores
    settings: SettingsVersions
    clock: Clock


def change_settings(
    deps: SettingsDeps, store: StoreId, by: str, seen: int, words: Mapping[str, str]
) -> Connection:
    """Change settings of which somebody saw version `seen`, given by name, and return the connection. What both sides
    have to be asked of is for the command line. What holds already by a later version, as of a form that was sent twice,
    is saved once. Raise SettingsChanged, with words that say who changed what meanwhile, NoSuchSetting, CannotAsk,
    UnknownStore or RetryLater; nothing is saved then."""
    connection = deps.stores.find(store)
    if connection is None:
        raise UnknownStore(store)
    settings = with_words(connection.settings, words)
    if connection.settings_version != seen:
        if settings == connection.settings:
            return connection
        raise SettingsChanged(changed_meanwhile(deps.settings.of(store), seen))
    if why := refused_mode(connection.pos_account.kind, settings):
        raise CannotAsk(why)
    if names := asks_both_sides(connection.settings, settings):
        raise CannotAsk(both_sides_words(settings, names))
    return save_settings(deps, connection, settings, by)


def both_sides_words(settings: Settings, names: tuple[str, ...]) -> str:
    """Return what to run to change settings of which both sides are asked first."""
    words = as_words(settings)
    given = " ".join(f"{name}={words[name]}" for name in names)
    return (
        "BigCommerce and the POS are asked before this changes, and the console holds no token of either. Nothing"
        f" was saved. Run `tillbridge store set {given}`."
    )


def save_settings(
    deps: SettingsDeps,
    seen: Connection,
    settings: Settings,
    by: str,
    *,
    web_orders_since_ms: int | None = None,
) -> Connection:
    """Replace the settings of a connection as it was read, and return it with them; what equals them is saved as
    nothing. Raise SettingsChanged as above, or RetryLater."""
    since = seen.web_orders_since_ms if web_orders_since_ms is None else web_orders_since_ms
    changed = replace(
        seen,
        settings=settings,
        settings_version=seen.settings_version + 1,
        web_orders_since_ms=since,
    )
    if as_words(settings) == as_words(seen.settings) and since == seen.web_orders_since_ms:
        return seen
    versions = deps.settings.of(seen.store)
    try:
        deps.settings.save(
            changed,
            seen.settings_version,
            next_versions(versions, seen, settings, by, deps.clock.now_ms()),
        )
    except Conflict as lost:
        after = deps.settings.of(seen.store)
        raise SettingsChanged(changed_meanwhile(after, seen.settings_version)) from lost
    return changed


def set_one(deps: SettingsDeps, store: StoreId, by: str, name: str, value: str) -> None:
    """Change one setting whatever else somebody changes meanwhile; nothing of a store that is not connected. Raise
    RetryLater."""
    for _ in range(_TRIES):
        connection = deps.stores.find(store)
        if connection is None:
            return
        try:
            save_settings(deps, connection, with_words(connection.settings, {name: value}), by)
        except SettingsChanged:
            continue
        return
    raise RetryLater(f"The settings of '{store}' change all the time. Tillbridge tries again.")
