"""A POS that is told of for the first time."""

from typing import Protocol


class PosAtFirst(Protocol):
    """Asked with a token that a person has just given, which is used for these calls and kept nowhere."""

    def currency(self, address: str, token: str) -> str:
        """Return the currency of its prices, '' when it has no product yet that tells, in two calls. Raise
        CannotConnect for what is no POS, refuses the token, or has no outlet, and NeedsAttention for an address
        that no token may be sent to."""
        ...
