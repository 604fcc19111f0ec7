"""The vendor's side: an X-Series account that an app of ours was let into, its webhooks, and our polls of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, override
from urllib.parse import parse_qs, urlsplit

from sandbox.lightspeed_x.hooks.sender import Sender
from sandbox.lightspeed_x.server.in_process import ADDRESS
from sandbox.lightspeed_x.state.config import SCOPES
from tests.fakes.clock import FakeClock
from tests.knife.knife import Cut, Kill, Knife
from tests.lightspeed_imports import Heard
from tests.lightspeed_lab import TERMS, Lab
from tests.poll_world import ACCOUNT, KEY, STORES, PollWorld
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.catalogue import LightspeedCatalogue
from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks
from tillbridge.adapters.lightspeed_x.oauth import App, LightspeedOauth, authorise_address
from tillbridge.adapters.lightspeed_x.reading_back import Mirrored
from tillbridge.adapters.lightspeed_x.source import LightspeedSource
from tillbridge.adapters.messages.pos_news import BusPosNews
from tillbridge.bootstrap.pos_signatures import genuine
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.hooks.pos_access import next_keys
from tillbridge.domain.ids import StoreId
from tillbridge.domain.spending import Spender
from tillbridge.usecases.poll_pos.accounts_due import PollingDeps, start_polls
from tillbridge.usecases.poll_pos.poll_account import poll_account
from tillbridge.usecases.poll_pos.session import PollDeps, PollRecord, PosHookCareDeps
from tillbridge.usecases.renew_pos_access import RenewDeps
from tillbridge.usecases.take_hook import Outcome
from tillbridge.usecases.take_pos_hook import PosHookCall, PosHookDeps, take_pos_hook

STORE: StoreId = STORES[0]
COST = "product:cost:view"
PORTS = ("mirror", "pokes", "accounts", "signals")
_BACK = "http://127.0.0.1:8765/back"
_STATUS = {Outcome.TAKEN: 200, Outcome.FORGED: 401, Outcome.NOBODY: 404}


class _Clock(FakeClock):
    """`slept` runs when somebody slept: others go on meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.slept_on: Callable[[], object] = lambda: None

    @override
    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.slept_on()


class Vendor(Lab):
    """While somebody sleeps, polls that were asked for are made. `bus` takes the events that polls tell. `homes`: the shop's product of each member that polls may have seen.
    `ended`: members of products all of whose variants were replaced between two polls, so that for us they are others."""

    def __init__(self, bus: BusPosNews, **config: Any) -> None:
        super().__init__(**config)
        self.bus = bus
        self.clock = ticking = _Clock()
        ticking.slept_on = self.answer_signals
        self.polls = PollWorld(clock=self.clock, address="https://hooks.example")
        self.polls.accounts.stores[KEY] = [STORE]
        self.polls.accounts.accounts[KEY] = replace(ACCOUNT, address=ADDRESS, facts={"hooks": "1"})
        told = self.account.config
        self._app = App(told.client_id, told.client_secret)
        self._oauth = LightspeedOauth(self.http, self.clock)
        self.connect_again()
        keys = next_keys(None, told.client_secret, "a-path-key-of-the-lantern")
        self.polls.hook_secrets.put(KEY, keys)
        doors, secrets, pokes = self.polls.doors, self.polls.hook_secrets, self.polls.pokes
        self._door = PosHookDeps(doors, secrets, pokes, genuine, self.clock)
        self._sender = Sender(self.account, self._post)
        self._polling = False
        self.homes: dict[str, str] = {}
        self.ended: set[str] = set()
        self._members: dict[str, frozenset[str]] = {}

    # --- access ------------------------------------------------------------------------------------

    def connect_again(self, *, costs: bool = True) -> None:
        """Let the app in as a person does, with or without the right to see costs."""
        scopes = sorted(SCOPES if costs else SCOPES - {COST})
        page = authorise_address(
            self._app.client_id, _BACK, "a-state", scopes, f"{ADDRESS}/connect"
        )
        told = parse_qs(urlsplit(self.http.get(page).headers["Location"]).query)
        grant = self._oauth.exchanged(ADDRESS, self._app, told["code"][0], _BACK)
        self.polls.grants.kept[KEY] = grant
        self.polls.warm_grants.dead.clear()

    @property
    def _token(self) -> str:
        return self.polls.grants.kept[KEY].access_token

    def begin_epoch(self) -> None:
        """Begin the account's next epoch, as an adoption does."""
        self.polls.adopt()
        self.polls.mirror.epoch = self.epoch

    @property
    def epoch(self) -> int:
        """The epoch of the account."""
        return self.polls.accounts.accounts[KEY].epoch

    # --- webhooks ----------------------------------------------------------------------------------

    def deliver_hooks(self) -> None:
        """Make the calls of webhooks that are due."""
        self._sender.deliver()

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        kind, key = urlsplit(url).path.split("/")[-2:]
        lower = {name.lower(): value for name, value in headers.items()}
        return _STATUS[take_pos_hook(PosHookCall(kind, key, lower, body), self._door)]

    def catalogue(self, deadline_ms: int, answered: Callable[[], None]) -> LightspeedCatalogue:
        """Return the catalogue in which a cold function `import` creates; `answered` hears of each vendor call."""
        calls = Heard(
            ADDRESS,
            lambda _: self._token,
            self.clock,
            deadline_ms,
            self.http,
            spender=Spender.IMPORT,
        )
        calls.answered = answered
        mirrored = Mirrored(KEY, self.polls.mirror, self.polls.pokes, self.clock, deadline_ms)
        return LightspeedCatalogue(calls, mirrored, tax_in_prices=False)

    # --- polls -------------------------------------------------------------------------------------

    def calls(self, deadline_ms: int, spender: Spender) -> LightspeedCalls:
        """Return calls with the kept grant."""
        return LightspeedCalls(
            ADDRESS, lambda _: self._token, self.clock, deadline_ms, self.http, spender=spender
        )

    def deps(self, knife: Knife | None = None) -> PollDeps:
        """Return what a poll needs; with a knife, each port of it is under the knife."""

        def cut(port: Any) -> Any:
            return port if knife is None else Cut(port, knife)

        hooks = PosHookCareDeps(
            self.polls.hook_secrets,
            self.polls.doors,
            lambda _, deadline_ms: LightspeedHooks(self.calls(deadline_ms, Spender.POLL)),
            self.polls.address,
        )
        return self.polls.deps(
            **{name: cut(getattr(self.polls, name)) for name in PORTS},
            bus=cut(self.bus),
            open_source=lambda _, deadline_ms: cut(
                LightspeedSource(self.calls(deadline_ms, Spender.POLL), TERMS)
            ),
            hooks=hooks,
            renewing=lambda _, deadline_ms: RenewDeps(
                self.polls.grants, self._oauth, self.clock, deadline_ms, self.polls.warm_grants
            ),
        )

    def sweep(self) -> None:
        """Start the polls that are due, as the sweep does each minute."""
        start_polls(PollingDeps(self.polls.accounts, self.polls.pokes, self.clock))

    def answer_signals(self, knife: Knife | None = None) -> list[PollRecord]:
        """Poll while there are signals, unless a poll is under way."""
        done: list[PollRecord] = []
        for _ in range(50):
            if self._polling or not self.polls.pokes.signalled:
                return done
            self.polls.pokes.signalled.clear()  # - those of one group are one batch, or spent
            done.append(self.poll(knife))
        raise AssertionError("polls without an end")

    def poll(self, knife: Knife | None = None) -> PollRecord:
        """Poll, if it is due or asked for."""
        self._polling = True
        self.note_homes()
        members = self._members_now()
        try:
            record = poll_account(KEY, self.deps(knife))
        except Kill:
            return PollRecord(KEY, waits="killed")
        finally:
            self._polling = False
        if not (record.spent or record.waits or record.trouble):
            self._note_ended(members)
        return record

    def _members_now(self) -> dict[str, frozenset[str]]:
        with self.account.lock:
            every = self.account.book.families.every()
        return {product: frozenset(members.values()) for product, members in every.items()}

    def _note_ended(self, members: dict[str, frozenset[str]]) -> None:
        for product, now in members.items():
            if not now & self._members.get(product, now):
                self.ended |= {each for each, home in self.homes.items() if home == product} - now
        self._members = members

    def note_homes(self) -> None:
        """Note of which product of the shop each member is, or was before it vanished."""
        with self.account.lock:
            rows = self.account.book.products.every()
            self.homes.update({row.id: row.record.id for row in rows})

    @property
    def trouble(self) -> str:
        """The code of the account's trouble, "" while it has none."""
        return self.polls.state.trouble

    @property
    def went_back(self) -> bool:
        """Whether the account is known to have gone back."""
        return self.trouble == AttentionCode.POS_WENT_BACK
