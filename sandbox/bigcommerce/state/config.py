"""The settings that a sandbox store is started with."""

from dataclasses import dataclass, field
from pathlib import Path

# Requests in one window of 30 s, as BigCommerce documents them; "none" is a store without a limit.
QUOTAS: dict[str, int] = {"standard": 150, "pro": 450, "none": 1_000_000_000}

ALL_SCOPES = frozenset(
    {"store_v2_products", "store_inventory", "store_locations", "store_v2_information_read_only",
     "store_channel_settings_read_only", "store_channel_listings", "store_v2_orders_read_only"}
)  # fmt: skip

# The User-Agent of people in the control panel, whose calls spend no quota.
WEB_STAFF = "tillbridge-web-staff"
# The User-Agent of people who buy; they use the storefront, which has no quota.
SHOPPER = "tillbridge-shopper"


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """Settings of one store; times in milliseconds."""

    store_hash: str = "sandbox1"
    token: str = "sandbox-token"  # noqa: S105 - the made-up token of a made-up store
    quota: str = "standard"
    window_ms: float = 30_000
    stock_delay_ms: float = 150
    latency_ms: float = 0
    record: Path | None = None
    scopes: frozenset[str] = field(default=ALL_SCOPES)
    seed: int = 1
