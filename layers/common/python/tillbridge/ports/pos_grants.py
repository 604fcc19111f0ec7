"""The grants of vendors' POS accounts, which their vendors renew: read and written by the function `poll` alone."""

from typing import Protocol

from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_grant import PosGrant


class PosGrants(Protocol):
    """Each call may raise RetryLater, or NeedsAttention when the secret is missing or may not be opened."""

    def grant(self, account: PosAccountKey) -> PosGrant:
        """Return what is kept, read anew each time."""
        ...

    def put(self, account: PosAccountKey, grant: PosGrant) -> None:
        """Keep a renewed grant in the place of the one before. There must be one."""
        ...
