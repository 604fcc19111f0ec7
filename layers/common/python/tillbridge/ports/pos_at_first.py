"""A POS that is told of for the first time, or of which a person asks what it offers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # each start of the console would load what web orders are switched on with
    from tillbridge.domain.web_orders.switching import Outlet


class PosAtFirst(Protocol):
    """Asked with a token that is used for these calls and kept nowhere. Each may raise CannotConnect, for what
    is no POS or refuses the token, and NeedsAttention for an address that no token may be sent to."""

    def currency(self, address: str, token: str) -> str:
        """Return the currency of its prices, '' when it has no product yet that tells, in two calls. Raise
        CannotConnect for one that has no outlet, too."""
        ...

    def outlets(self, address: str, token: str) -> "Sequence[Outlet]":
        """Return its outlets, those that are closed too."""
        ...

    def takes_web_orders(self, address: str, token: str) -> bool:
        """Return whether it can be told of web orders and books them (ports/pos_web_orders.py)."""
        ...
