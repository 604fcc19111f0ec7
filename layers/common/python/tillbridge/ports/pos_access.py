"""Where a vendor's POS renews what it granted."""

from typing import Protocol

from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_grant import PosGrant


class PosAccess(Protocol):
    """One call, made once: a vendor may take each refresh token only once, so that nobody may repeat it blindly."""

    def refreshed(self, account: PosAccount, grant: PosGrant) -> PosGrant:
        """Return a new grant; the refresh token of `grant` is dead from then on. Raise NeedsAttention
        (`pos_token_dead`) when it was dead before, and PosDown when nobody knows whether it was used."""
        ...
