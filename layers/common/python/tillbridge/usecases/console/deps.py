"""What the use cases of the console need."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # each start of the console would load what the pages behind its lists are about
    from collections.abc import Callable

    from tillbridge.domain.pos_account import PosKind
    from tillbridge.ports.before_images import BeforeImages
    from tillbridge.ports.call_lines import CallLines
    from tillbridge.ports.clock import Clock
    from tillbridge.ports.connections import Connections
    from tillbridge.ports.dead_letter_boxes import DeadLetterBoxes
    from tillbridge.ports.exact_plans import ExactPlans
    from tillbridge.ports.history import History
    from tillbridge.ports.jobs import Jobs
    from tillbridge.ports.lag_hours import LagHours
    from tillbridge.ports.links import Links
    from tillbridge.ports.listing import Listing
    from tillbridge.ports.open_lines import OpenLines
    from tillbridge.ports.order_list import OrderList
    from tillbridge.ports.oversold import OversoldRows
    from tillbridge.ports.pending import PendingRows
    from tillbridge.ports.pos_at_first import PosAtFirst
    from tillbridge.ports.products_kept import ProductsKept
    from tillbridge.ports.read_model import Views
    from tillbridge.ports.removals import Removals
    from tillbridge.ports.replaced import Replaced
    from tillbridge.ports.request_plans import RequestPlans
    from tillbridge.ports.requests import Requests
    from tillbridge.ports.runs import Runs
    from tillbridge.ports.settings_versions import SettingsVersions
    from tillbridge.ports.signals import Signals
    from tillbridge.ports.store_list import StoreList
    from tillbridge.ports.store_scopes import StoreScopes
    from tillbridge.ports.stores import Stores
    from tillbridge.ports.token_box import TokenBox
    from tillbridge.ports.waiting_rows import WaitingRows


class FollowDeps(Protocol):
    """What it takes to say how far jobs are."""

    @property
    def stores(self) -> "Stores":
        """Return the connections."""
        ...

    @property
    def views(self) -> "Views":
        """Return the rows of both views."""
        ...

    @property
    def jobs(self) -> "Jobs":
        """Return what people asked for."""
        ...

    @property
    def plans(self) -> "RequestPlans":
        """Return what they saw before."""
        ...

    @property
    def clock(self) -> "Clock":
        """Return the time."""
        ...


@dataclass(frozen=True, slots=True)
class ConsoleDeps:
    """The ports of the console's function. It can read no store's token and no POS's; one that a person gives it, it
    may put where they are kept. `bigcommerce`: the address of BigCommerce's API, the only one it calls."""

    stores: "Stores"
    listing: "Listing"
    views: "Views"
    links: "Links"
    pending: "PendingRows"
    jobs: "Jobs"
    plans: "RequestPlans"
    exact: "ExactPlans"
    requests: "Requests"
    history: "History"
    calls: "CallLines"
    hours: "LagHours"
    runs: "Runs"
    replaced: "Replaced"
    befores: "BeforeImages"
    orders: "OrderList"
    oversold: "OversoldRows"
    store_list: "StoreList"
    settings: "SettingsVersions"
    waiting: "WaitingRows"
    signals: "Signals"
    connections: "Connections"
    removals: "Removals"
    scopes: "StoreScopes"
    pos_at_first: "Callable[[PosKind], PosAtFirst]"
    tokens: "TokenBox"
    products: "ProductsKept"
    open_lines: "OpenLines"
    dead_letters: "DeadLetterBoxes"
    clock: "Clock"
    bigcommerce: str
