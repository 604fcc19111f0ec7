"""The webhooks that a store keeps for us."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.hooks.care import StoreHook
from tillbridge.domain.slices import SliceRecord


class HookKeeper(Protocol):
    """One store, and the hooks that our token made there. Every call may raise StoreThrottled, StoreDown,
    NeedsAttention, OutOfTime or Refused; `create` also LostReply."""

    @property
    def record(self) -> SliceRecord:
        """Return the record in which calls are counted."""
        ...

    def all(self) -> Sequence[StoreHook]:
        """Return every hook. Other apps' are not among them."""
        ...

    def create(self, hook: StoreHook) -> None:
        """Make a hook; its id is BigCommerce's to give. It works within a minute."""
        ...

    def change(self, hook: StoreHook) -> None:
        """Give the hook with this id this destination, these headers and this state."""
        ...

    def delete(self, hook: StoreHook) -> None:
        """Delete a hook; return when it is gone already."""
        ...
