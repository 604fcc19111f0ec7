"""A call to BigCommerce as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SCOPES: tuple[tuple[str, str], ...] = (
    ("/inventory", "store_inventory"),
    ("/catalog", "store_v2_products"),
    ("/time", "store_v2_information_read_only"),
    ("/store", "store_v2_information_read_only"),
    ("/channels", "store_channel_settings_read_only"),
    ("/orders", "store_v2_orders_read_only"),
    ("/settings", "store_v2_information_read_only"),
    ("/hooks", "store_v2_orders_read_only"),
)
"""The OAuth scope that each part of the API needs, from BigCommerce's page on API accounts; the one
for channel assignments is in its products_catalog.v3.yml. A hook needs that of what it tells, of which
a token of ours may lack orders alone."""


@dataclass(frozen=True, slots=True)
class Call:
    """`template` is the path with {names}; `creates` says whether a repeat could make a second
    record."""

    method: str
    template: str
    ids: Mapping[str, int] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    creates: bool = False
    version: str = "v3"

    @property
    def path(self) -> str:
        """The path below the store's base address."""
        return f"/{self.version}{self.template.format_map(self.ids)}"

    @property
    def ledger_name(self) -> str:
        """The name in the ledger of calls: method and template, with the version unless it is
        v3."""
        prefix = "" if self.version == "v3" else f"/{self.version}"
        return f"{self.method} {prefix}{self.template}"

    @property
    def scope(self) -> str:
        """The OAuth scope that the call needs."""
        return next(scope for start, scope in SCOPES if self.template.startswith(start))
