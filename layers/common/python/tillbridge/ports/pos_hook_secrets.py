"""The keys by which calls to the webhooks of POS accounts are known."""

from typing import Protocol

from tillbridge.domain.hooks.pos_access import PosHookKeys
from tillbridge.domain.ids import PosAccountKey


class PosHookSecrets(Protocol):
    """One deployment. Each method raises RetryLater when the keys cannot be reached."""

    def find(self, account: PosAccountKey) -> PosHookKeys | None:
        """Return an account's keys as they are now; None where it has none, or none that can be read."""
        ...

    def known(self, account: PosAccountKey, *, anew: bool = False) -> PosHookKeys | None:
        """Return them as they were five minutes ago at the most; `anew`: as of half a minute ago."""
        ...

    def put(self, account: PosAccountKey, keys: PosHookKeys) -> None:
        """Keep an account's keys in place of those before."""
        ...
