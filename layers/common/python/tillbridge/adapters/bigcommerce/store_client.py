"""What the clients of one store have in common: one object per store and slice."""

from typing import Self

import requests

from tillbridge.adapters.bigcommerce.transport import TokenProvider, Transport
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.clock import Clock


class StoreClient:
    """The store `store_hash` at `api_url`, callable until `deadline_ms` (epoch ms)."""

    def __init__(
        self,
        api_url: str,
        store_hash: str,
        token: TokenProvider,
        clock: Clock,
        deadline_ms: int,
        http: requests.Session | None = None,
    ) -> None:
        http = http if http is not None else new_http_session()
        # A frozen function wakes with connections that the other side has closed meanwhile, and a
        # create sent over one would be lost. Closing empties the pool; the HTTP session stays
        # usable.
        http.close()
        base = f"{api_url.rstrip('/')}/stores/{store_hash}"
        self._transport = Transport(base, token, clock, deadline_ms, http)

    @classmethod
    def beside(cls, other: "StoreClient") -> Self:
        """Return a client whose calls go by the same quota as `other`'s, and into the same record."""
        client = cls.__new__(cls)
        client._transport = other._transport  # noqa: SLF001 - both are clients of one store
        return client

    @property
    def record(self) -> SliceRecord:
        """The calls made, and what BigCommerce said of its quota."""
        return self._transport.record

    def wait_needed(self, *, urgent: bool) -> float:
        """Return the seconds to wait before the next call; `urgent` may spend the reserve."""
        return self._transport.wait_needed(urgent=urgent)
