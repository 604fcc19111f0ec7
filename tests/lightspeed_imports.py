"""An X-Series account in this process, its mirror that polls feed, and the catalogue in which imports create."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, override

from sandbox.lightspeed_x.server.in_process import ADDRESS
from tests.fakes.clock import FakeClock
from tests.fakes.pos_mirror import FakePosMirror
from tests.lightspeed_lab import START, Lab, item_pages, level_pages
from tests.mirrored import ACCOUNT, take_page, walked
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.catalogue import LightspeedCatalogue
from tillbridge.adapters.lightspeed_x.reading_back import Mirrored
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import PosAccountKey, Rev
from tillbridge.domain.new_product import NewProduct, NewVariant
from tillbridge.domain.poke_mark import PokeMark
from tillbridge.domain.spending import Spender


class Killed(BaseException):
    """The function is gone, with everything it knew."""


class Pokes:
    """A poke that is answered by a poll `delay_s` later, while somebody sleeps; None: never."""

    def __init__(self, polls: Callable[[], None], clock: FakeClock) -> None:
        self.count = 0
        self.delay_s: float | None = 0.0
        self._polls, self._clock = polls, clock
        self._due_ms: int | None = None

    def poke(self, account: PosAccountKey, *, hooked_ms: int = 0) -> None:
        self.count += 1
        if self.delay_s is not None:
            self._due_ms = self._clock.now_ms() + round(self.delay_s * 1_000)
            self.time_passes()

    def time_passes(self) -> None:
        """Poll if it is time to."""
        if self._due_ms is not None and self._clock.now_ms() >= self._due_ms:
            self._due_ms = None
            self._polls()

    def marked(self, account: PosAccountKey) -> PokeMark | None:
        raise NotImplementedError

    def clear(self, account: PosAccountKey, rev: Rev) -> None:
        raise NotImplementedError

    def signal_all(self, accounts: Any) -> Any:
        raise NotImplementedError


class _Clock(FakeClock):
    def __init__(self) -> None:
        super().__init__()
        self.slept_s: Callable[[], None] = lambda: None

    @override
    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.slept_s()


class Heard(LightspeedCalls):
    """Says when a call was answered."""

    answered: Callable[[], None] = staticmethod(lambda: None)

    @override
    def send(self, ask: Ask) -> Incoming:
        answer = super().send(ask)
        self.answered()
        return answer


def dies_after(most: int) -> Callable[[], None]:
    """Return what kills the function once it was called so often; 0: never."""
    left = [most]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    return count


class CatalogueLab(Lab):
    """`tells` hears of the families that each poll changed."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        self.clock = ticking = _Clock()
        self.mirror = FakePosMirror()
        self.pokes = Pokes(self.polls, self.clock)
        ticking.slept_s = self.pokes.time_passes
        self.tells: Callable[[Sequence[KeptFamily]], None] = lambda _: None
        self._cursors = [START, START]
        self.polls()

    def polls(self) -> None:
        """Read what changed into the mirror, as a poll does, and tell of it."""
        source, changed = self.source(), list[KeptFamily]()
        for page in item_pages(source, self._cursors[0]):
            changed += take_page(self.mirror, page.parts)
            self._cursors[0] = page.next
        for levels in level_pages(source, self._cursors[1]):
            changed += take_page(self.mirror, levels.parts)
            self._cursors[1] = levels.next
        walked(self.mirror)
        self.tells(changed)

    def catalogue(
        self,
        answered: Callable[[], None] = lambda: None,
        *,
        token: str = "",
        tax_in_prices: bool | None = False,
    ) -> LightspeedCatalogue:
        """Return the catalogue of a cold function with a minute of time; `answered` hears of each vendor call."""
        secret = token or self.account.config.token
        deadline = self.clock.now_ms() + 60_000
        calls = Heard(
            ADDRESS, lambda _: secret, self.clock, deadline, self.http, spender=Spender.IMPORT
        )
        calls.answered = answered
        mirrored = Mirrored(ACCOUNT, self.mirror, self.pokes, self.clock, deadline)
        return LightspeedCatalogue(calls, mirrored, tax_in_prices=tax_in_prices)

    def in_shop(self) -> list[tuple[str, list[str]]]:
        """Return the name and the SKUs of each living product, as the vendor itself knows them."""
        live = self.cloud.catalogue.live()
        return sorted((p.name, [v.sku for v in p.variants] or [p.sku]) for p in live)


LAMP = NewProduct(
    external_id="hash/7",
    name="Lamp",
    sku="P0000019",
    product_number="LMP-01",
    description="<p>Bright</p>",
    department_id="",
    vendor_id="",
    brand="Oak",
    price=Decimal("19.99"),
    cost=Decimal("7.5"),
    upc="036000291452",
    gtin="4006381333931",
    track_stock=True,
    active=True,
    images=("https://img.example/a.jpg", "https://img.example/b.jpg"),
)
SOCKS = replace(
    LAMP,
    external_id="hash/8",
    name="Socks",
    sku="P000002K",
    brand="",
    upc="",
    gtin="",
    images=(),
    variants=tuple(
        NewVariant(f"P00000{n}X", f"SOCK-{size}", (("Size", size), ("Colour", "red")), price)
        for n, (size, price) in enumerate([("S", Decimal("3.5")), ("M", None), ("L", None)], 3)
    ),
)
