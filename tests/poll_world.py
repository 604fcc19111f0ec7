"""A POS account with a vendor, a mirror and two stores, and its polls."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.clock import FakeClock
from tests.fakes.pokes import FakePokes
from tests.fakes.polled_accounts import FakePolledAccounts
from tests.fakes.polled_source import FakeVendor
from tests.fakes.pos_grants import FakePosAccess, FakePosGrants
from tests.fakes.pos_hooks import FakePosDoors, FakePosHooks, FakePosHookSecrets
from tests.fakes.pos_mirror import FakePosMirror
from tests.fakes.pos_news import FakePosNews
from tests.fakes.reconcile import FakeQueue
from tests.fakes.signals import FakeSignals
from tillbridge.domain.families.as_product import as_product
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.polling import PollState
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.product import Product
from tillbridge.usecases.poll_pos.poll_account import poll_account
from tillbridge.usecases.poll_pos.session import PollDeps, PollRecord, PosHookCareDeps
from tillbridge.usecases.renew_pos_access import RenewDeps, WarmGrants

KEY = PosAccountKey("lightspeed-shop")
ACCOUNT = PosAccount(
    KEY,
    "https://shop.retail.lightspeed.app",
    source="pos.lightspeed-x",
    kind=PosKind.LIGHTSPEED_X,
)
STORES = [StoreId("north"), StoreId("south")]


@dataclass
class PollWorld:
    """Its parts are fakes that a test may change."""

    vendor: FakeVendor = field(default_factory=FakeVendor)
    mirror: FakePosMirror = field(default_factory=FakePosMirror)
    pokes: FakePokes = field(default_factory=FakePokes)
    accounts: FakePolledAccounts = field(default_factory=FakePolledAccounts)
    bus: FakePosNews = field(default_factory=FakePosNews)
    signals: FakeSignals = field(default_factory=FakeSignals)
    runs: FakeQueue = field(default_factory=FakeQueue)
    clock: FakeClock = field(default_factory=FakeClock)
    grants: FakePosGrants = field(default_factory=FakePosGrants)
    hooks: FakePosHooks = field(default_factory=FakePosHooks)
    hook_secrets: FakePosHookSecrets = field(default_factory=FakePosHookSecrets)
    doors: FakePosDoors = field(default_factory=FakePosDoors)
    address: str = ""

    def __post_init__(self) -> None:
        self.accounts.accounts[KEY] = ACCOUNT
        self.grants.kept[KEY] = PosGrant("made by a person")
        self.access = FakePosAccess(self.clock, "refresh-0")
        self.warm_grants = WarmGrants()
        self.accounts.stores[KEY] = list(STORES)

    def deps(self, **others: Any) -> PollDeps:
        """Return what polls need, with `others` in the place of this world's."""
        parts: dict[str, Any] = {
            "mirror": self.mirror,
            "pokes": self.pokes,
            "accounts": self.accounts,
            "bus": self.bus,
            "signals": self.signals,
            "runs": self.runs,
            "clock": self.clock,
            "open_source": lambda account, deadline_ms: self.vendor,
            "hooks": PosHookCareDeps(
                self.hook_secrets, self.doors, lambda account, deadline_ms: self.hooks, self.address
            ),
            "renewing": lambda account, deadline_ms: RenewDeps(
                self.grants, self.access, self.clock, deadline_ms, self.warm_grants
            ),
        }
        return PollDeps(**{**parts, **others})

    def poll(self, **others: Any) -> PollRecord:
        """Poll a minute later."""
        self.clock.advance(60)
        return poll_account(KEY, self.deps(**others))

    @property
    def state(self) -> PollState:
        """How far the account was polled."""
        return self.mirror.state(KEY)

    @property
    def families(self) -> dict[str, KeptFamily]:
        """Every family of the mirror, by its id."""
        return {kept.family.id: kept for kept in self.mirror.families(KEY)}

    def product(self, name: str) -> Product:
        """Return a product as the mirror has it."""
        kept = self.families[name]
        return as_product(kept.family, kept.version, kept.unreadable)

    def told(self, *types: str) -> list[tuple[str, str]]:
        """Return what the store north was told of: types and products, of these types only if any are named."""
        return [
            (each.type, product)
            for each in self.bus.told
            for product, _ in each.products
            if each.store == STORES[0] and (not types or each.type in types)
        ]

    def forget(self) -> None:
        """Forget what was called and told so far."""
        self.bus.told.clear()
        self.vendor.calls.clear()
        self.signals.signalled.clear()
        self.pokes.signalled.clear()

    def adopt(self) -> None:
        """Begin the account's next epoch."""
        account = self.accounts.accounts[KEY]
        self.accounts.accounts[KEY] = replace(account, epoch=account.epoch + 1)


def settled(*products: str, levels: Iterable[str] = ()) -> PollWorld:
    """Return a world that was read whole, with these products, and one unit of those in `levels`."""
    world = PollWorld()
    for each in products:
        world.vendor.save(each)
    for each in levels:
        world.vendor.level(each, 1)
    world.poll()
    world.forget()
    return world
