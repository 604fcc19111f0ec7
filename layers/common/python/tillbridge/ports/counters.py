"""Numbers that are given out once."""

from typing import Protocol


class Counters(Protocol):
    """One counter per POS account, because two stores may share one. May raise RetryLater."""

    def take(self, account: str, count: int) -> range:
        """The next `count` numbers: nobody ever gets one of them again. What a caller does not
        use is a gap, and fine."""
        ...

    def raise_to(self, account: str, number: int) -> None:
        """No number below `number` is given out from now on."""
        ...
