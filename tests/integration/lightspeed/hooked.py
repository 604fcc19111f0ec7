"""The X-Series account of this process, whose webhooks come to our door, and our polls of it."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from sandbox.lightspeed_x.hooks.sender import Sender
from sandbox.lightspeed_x.server.in_process import ADDRESS
from tests.fakes.pos_mirror import FakePosMirror
from tests.lightspeed_lab import Lab, every_item, every_level
from tests.mirrored import ACCOUNT as OTHER
from tests.mirrored import take_page
from tests.poll_world import ACCOUNT, KEY, PollWorld
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks
from tillbridge.bootstrap.pos_signatures import genuine
from tillbridge.domain.families.as_product import as_product
from tillbridge.domain.hooks.pos_access import next_keys
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.product import Product
from tillbridge.ports.pos_hooks import PosHooks
from tillbridge.usecases.poll_pos.poll_account import poll_account
from tillbridge.usecases.poll_pos.session import PosHookCareDeps
from tillbridge.usecases.take_hook import Outcome
from tillbridge.usecases.take_pos_hook import PosHookCall, PosHookDeps, take_pos_hook

PATH_KEY = "a-path-key-of-the-lantern"
_STATUS = {Outcome.TAKEN: 200, Outcome.FORGED: 401, Outcome.NOBODY: 404}


class HookedLab(Lab):
    """An account that is connected by an app, or, without `app`, by a person's token: then nothing is signed. `heard`: what
    became of each call. `down`: our door answers 500."""

    def __init__(self, *, app: bool = True) -> None:
        super().__init__()
        self.down = False
        self.heard: list[Outcome] = []
        self.world = PollWorld(clock=self.clock, address="https://hooks.example")
        config = self.account.config
        self._token = (
            self.account.tokens.issue(frozenset(config.scopes))[0] if app else config.token
        )
        keys = next_keys(None, config.client_secret if app else "", PATH_KEY)
        self.world.hook_secrets.put(KEY, keys)
        self.world.accounts.accounts[KEY] = replace(ACCOUNT, address=ADDRESS, facts={"hooks": "1"})
        doors, secrets, pokes = self.world.doors, self.world.hook_secrets, self.world.pokes
        self.door = PosHookDeps(doors, secrets, pokes, genuine, self.clock)
        self.sender = Sender(self.account, self._post)

    def call(self, path: str, body: bytes, headers: dict[str, str]) -> Outcome:
        """Call our door, as the function `webhooks` does."""
        kind, key = path.split("/")[-2:]
        lower = {name.lower(): value for name, value in headers.items()}
        return take_pos_hook(PosHookCall(kind, key, lower, body), self.door)

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        if self.down:
            return 500
        self.heard.append(self.call(urlsplit(url).path, body, headers))
        return _STATUS[self.heard[-1]]

    def _hooks(self) -> PosHooks:
        deadline = self.clock.now_ms() + 60_000
        calls = LightspeedCalls(ADDRESS, lambda _: self._token, self.clock, deadline, self.http)
        return LightspeedHooks(calls)

    def answer_signals(self) -> int:
        """Poll for each signal, as the queue has it; return how many polls there were."""
        care = PosHookCareDeps(
            self.world.hook_secrets,
            self.world.doors,
            lambda account, deadline_ms: self._hooks(),
            self.world.address,
        )
        deps = self.world.deps(
            open_source=lambda account, deadline_ms: self.source(token=self._token), hooks=care
        )
        signals = [*self.world.pokes.signalled]
        self.world.pokes.signalled.clear()
        return sum(not poll_account(KEY, deps).spent for _ in signals)

    def pass_time(self, seconds: int) -> int:
        """Let time pass in steps of five seconds, in which webhooks come and the sweep is at work; return how many polls
        there were."""
        polls = 0
        for _ in range(seconds // 5):
            self.clock.advance(5)
            self.sender.deliver()
            noted = self.world.accounts.notes.get(KEY)
            if noted is None or noted.due_ms <= self.clock.now_ms():
                self.world.pokes.signal_all([KEY])
            polls += self.answer_signals()
        return polls

    def mirrored(self) -> list[Product]:
        """Return every product as the mirror has it, by id, without versions."""
        return sorted(_products(self.world.mirror, KEY), key=lambda each: each.id)

    def in_shop(self) -> list[Product]:
        """Return the same as a reader of everything has it now."""
        fresh, source = FakePosMirror(), self.source(token=self._token)
        take_page(fresh, every_item(source))
        take_page(fresh, every_level(source))
        return sorted(_products(fresh, OTHER), key=lambda each: each.id)


def _products(mirror: FakePosMirror, account: PosAccountKey) -> Iterator[Product]:
    return (as_product(kept.family, 0, kept.unreadable) for kept in mirror.families(account))
