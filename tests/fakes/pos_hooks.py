"""The webhooks of a POS in memory; they keep the promises of `ports.pos_hooks`, `pos_hook_secrets` and `pos_doors`."""

from collections.abc import Callable, Sequence

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.hooks.pos_access import PosDoor, PosHookKeys
from tillbridge.domain.hooks.pos_care import PosHook
from tillbridge.domain.ids import PosAccountKey


class FakePosHooks:
    """`before`: called before each call with its name; what it raises is the answer. `calls`: their names."""

    topics: Sequence[str] = ("product.update", "inventory.update")

    def __init__(self) -> None:
        self.hooks: list[PosHook] = []
        self.calls: list[str] = []
        self.before: Callable[[str], object] = lambda _: None
        self._made = 0

    def all(self) -> Sequence[PosHook]:
        self._called("all")
        return list(self.hooks)

    def create(self, topic: str, address: str) -> None:
        self._called("create")
        if any((hook.topic, hook.address) == (topic, address) for hook in self.hooks):
            return
        self._made += 1
        self.hooks.append(PosHook(f"h-{self._made}", topic, address, active=True))

    def delete(self, hook: PosHook) -> None:
        self._called("delete")
        self.hooks = [each for each in self.hooks if each.id != hook.id]

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.before(name)


class FakePosHookSecrets:
    """`unreadable`: nothing can be read. `read`: how often keys were read anew."""

    def __init__(self) -> None:
        self.kept: dict[PosAccountKey, PosHookKeys] = {}
        self.warm: dict[PosAccountKey, PosHookKeys | None] = {}
        self.unreadable = False
        self.read = 0

    def find(self, account: PosAccountKey) -> PosHookKeys | None:
        if self.unreadable:
            raise RetryLater("The keys of webhooks cannot be read.")
        return self.kept.get(account)

    def known(self, account: PosAccountKey, *, anew: bool = False) -> PosHookKeys | None:
        if anew or account not in self.warm:
            self.read += 1
            self.warm[account] = self.find(account)
        return self.warm[account]

    def put(self, account: PosAccountKey, keys: PosHookKeys) -> None:
        self.kept[account] = keys


class FakePosDoors:
    """Doors by their path keys."""

    def __init__(self) -> None:
        self.doors: dict[str, PosDoor] = {}

    def find(self, path_key: str) -> PosDoor | None:
        return self.doors.get(path_key)

    def keep(self, path_key: str, door: PosDoor) -> None:
        self.doors[path_key] = door
