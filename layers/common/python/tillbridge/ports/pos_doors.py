"""Which POS account the address of a webhook leads to."""

from typing import Protocol

from tillbridge.domain.hooks.pos_access import PosDoor


class PosDoors(Protocol):
    """Found by the path key, which is kept as a digest. Each method may raise RetryLater.

    A door stays when its key is good no more: whether it is, the account's keys say. It goes with the account."""

    def find(self, path_key: str) -> PosDoor | None:
        """Return where a path key leads; None where it leads nowhere."""
        ...

    def keep(self, path_key: str, door: PosDoor) -> None:
        """Have a path key lead to an account. Its one writer is the function `poll`."""
        ...
