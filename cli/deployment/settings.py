"""The settings of a deployment's stores, as versions."""

from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.settings_versions import DynamoSettingsVersions
from tillbridge.usecases.change_settings import Kept


def settings_tables(target: Target) -> Kept:
    """Return where a deployment keeps settings."""
    table = target.outputs["stores_table"]
    versions = DynamoSettingsVersions(target.client("dynamodb"), table)
    return Kept(target.stores, versions, SystemClock())
