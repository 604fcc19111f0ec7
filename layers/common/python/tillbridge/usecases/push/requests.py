"""What a drain needs of the requests that wait in a lane of their own."""

from collections.abc import Collection
from typing import Protocol

from tillbridge.domain.ids import PosProductId


class Requests(Protocol):
    """The requests that wait for a store's one writer."""

    def wait(self) -> bool:
        """Return whether any waits."""
        ...

    def products(self) -> Collection[PosProductId]:
        """Return the products that the waiting requests name."""
        ...

    def answer(self) -> bool:
        """Answer the next; return whether there was one."""
        ...
