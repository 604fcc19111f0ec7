"""What linking needs besides the dependencies of a drain."""

from collections.abc import Callable
from dataclasses import dataclass

from tillbridge.domain.connection import Connection
from tillbridge.ports.link_requests import LinkRequests
from tillbridge.ports.replaced import Replaced
from tillbridge.ports.store_catalogue import StoreCatalogue


@dataclass(frozen=True, slots=True)
class LinkingDeps:
    """What linking needs. `open_catalogue` makes a reader whose calls end by a deadline (epoch
    ms)."""

    requests: LinkRequests
    replaced: Replaced
    open_catalogue: Callable[[Connection, int], StoreCatalogue]
