"""The rows of the POS accounts: the POS behind each connection, which stores may share."""

from typing import Protocol

from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount


class PosAccounts(Protocol):
    """Every method may raise RetryLater."""

    def find(self, key: PosAccountKey) -> PosAccount | None:
        """Return an account, None where there is none of this key."""
        ...

    def keep(self, account: PosAccount, seen: PosAccount | None, *, anew: bool = False) -> bool:
        """Write an account, over the one that was `seen`. Its epoch stays; `anew` raises it by one, so that every
        row of the POS is read again. Return False, with nothing written, when it is not there as it was seen,
        with its epoch, its address and who was given access last (the fact `hooks`): None is that it was not there at all."""
        ...
