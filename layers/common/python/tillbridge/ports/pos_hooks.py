"""The webhooks of a vendor's POS, as the vendor has them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.hooks.pos_care import PosHook

type Genuine = Callable[[Mapping[str, str], bytes, Sequence[str]], bool]
"""Returns whether one of these secrets signed a call, by its headers (names in lower case) and its raw body."""


class PosHooks(Protocol):
    """One account. Each method may raise RetryLater, NeedsAttention or Refused."""

    @property
    def topics(self) -> Sequence[str]:
        """Return what is to be told, in the vendor's words."""
        ...

    def all(self) -> Sequence[PosHook]:
        """Return every webhook that our token sees, those of others too. One that cannot be read is left out."""
        ...

    def create(self, topic: str, address: str) -> None:
        """Have a topic told at an address; nothing where it is told there already."""
        ...

    def delete(self, hook: PosHook) -> None:
        """Delete a webhook; nothing where it is gone."""
        ...
