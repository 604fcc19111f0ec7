"""Numbers, each of which is given out only once."""

from typing import Protocol


class Counters(Protocol):
    """One counter per POS account, because two stores may share one. May raise RetryLater."""

    def take(self, account: str, count: int) -> range:
        """Return the next `count` numbers, which nobody ever gets again. Numbers that the caller
        does not use leave a gap, which is fine."""
        ...

    def raise_to(self, account: str, number: int) -> None:
        """Give out no number below `number` from now on."""
        ...
