"""The webhooks that a store keeps, in memory; it keeps the promises of `tillbridge.ports.hook_keeper`."""

from collections.abc import Sequence
from dataclasses import replace

from tests.fakes.heard import counted
from tillbridge.domain.errors import Refused
from tillbridge.domain.hooks.care import StoreHook
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.hook_keeper import HookKeeper

MOST_OF_A_SCOPE = 10


class FakeHookKeeper(HookKeeper):
    """`hooks` by id; `refuses`: scopes that it takes no hook of; `broken`: what every call raises."""

    def __init__(self) -> None:
        self.hooks: dict[int, StoreHook] = {}
        self.refuses: set[str] = set()
        self.broken: Exception | None = None
        self._record = SliceRecord()
        self._ids = 100

    @property
    def record(self) -> SliceRecord:
        return self._record

    def all(self) -> Sequence[StoreHook]:
        self._called("GET /hooks")
        return list(self.hooks.values())

    def create(self, hook: StoreHook) -> None:
        self._called("POST /hooks", hook.scope)
        self._fits(hook)
        self._ids += 1
        self.hooks[self._ids] = replace(hook, id=self._ids)

    def change(self, hook: StoreHook) -> None:
        self._called("PUT /hooks/{webhook_id}", hook.scope)
        self._fits(hook)
        self.hooks[hook.id] = hook

    def delete(self, hook: StoreHook) -> None:
        self._called("DELETE /hooks/{webhook_id}")
        self.hooks.pop(hook.id, None)

    def _called(self, what: str, scope: str = "") -> None:
        counted(self._record, what)
        if self.broken is not None:
            raise self.broken
        if scope in self.refuses:
            raise Refused(422, "it takes none")

    def _fits(self, hook: StoreHook) -> None:
        same = [h for h in self.hooks.values() if h.scope == hook.scope and h.id != hook.id]
        taken = any(each.destination == hook.destination for each in same)
        if taken or len(same) >= MOST_OF_A_SCOPE:
            raise Refused(422, "it has enough of them")
