"""One call to BigCommerce, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SCOPES: tuple[tuple[str, str], ...] = (
    ("/inventory", "store_inventory"),
    ("/catalog", "store_v2_products"),
    ("/time", "store_v2_information_read_only"),
)
"""The scope each part of the API needs, as BigCommerce documents API accounts; that of channel
assignments is in products_catalog.v3.yml."""


@dataclass(frozen=True, slots=True)
class Call:
    """`template` is the path with {names}, `creates` whether a repeat could make a second record."""

    method: str
    template: str
    ids: Mapping[str, int] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    creates: bool = False
    version: str = "v3"

    @property
    def path(self) -> str:
        """The path below the store's address."""
        return f"/{self.version}{self.template.format_map(self.ids)}"

    @property
    def ledger_name(self) -> str:
        """How the ledger names it: method and template; v3 goes without saying."""
        prefix = "" if self.version == "v3" else f"/{self.version}"
        return f"{self.method} {prefix}{self.template}"

    @property
    def scope(self) -> str:
        """The scope it needs."""
        return next(scope for start, scope in SCOPES if self.template.startswith(start))
