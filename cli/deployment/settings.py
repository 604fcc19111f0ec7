"""The settings of a deployment's stores, as versions."""

from dataclasses import dataclass

from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.settings_versions import DynamoSettingsVersions
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_scopes import StoreScopes
from tillbridge.ports.stores import Stores
from tillbridge.ports.token_box import TokenBox
from tillbridge.usecases.change_settings import Kept


@dataclass(frozen=True, slots=True)
class TokenTables:
    """What a new token of a store needs."""

    stores: Stores
    scopes: StoreScopes
    tokens: TokenBox
    signals: Signals


def settings_tables(target: Target) -> Kept:
    """Return where a deployment keeps settings."""
    table = target.outputs["stores_table"]
    versions = DynamoSettingsVersions(target.client("dynamodb"), table)
    return Kept(target.stores, versions, SystemClock())
