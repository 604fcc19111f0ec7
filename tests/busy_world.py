"""A world in which time passes while calls are made, and things happen meanwhile: sales, saves, people.

Nothing really waits. One call is in flight at a time, so a wave is one call."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.pos import FakePos
from tests.fakes.scripting import Called
from tests.fakes.store_api import FakeStoreApi
from tests.world import World
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import OutOfTime
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.link_requests import LinkAnswer, LinkEvent, LinkRequest, LinkRequestKind
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_api import StoreApi

A_CALL_S, A_POS_READ_S, A_PAGE_S = 0.4, 0.1, 0.6
NO_TIME_MS = 1_000


class BusyClock(FakeClock):
    """While it runs, what is to happen at a time happens then."""

    def __init__(self) -> None:
        super().__init__()
        self._coming: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = count()

    def at(self, ms: int, do: Callable[[], None]) -> None:
        """Do something when it is `ms` (epoch ms)."""
        heappush(self._coming, (ms, next(self._numbers), do))

    @property
    def next_ms(self) -> int | None:
        """When the next thing happens."""
        return self._coming[0][0] if self._coming else None

    def advance(self, seconds: float) -> None:
        until = self.now + round(max(seconds, 0.0) * 1_000)
        while self._coming and self._coming[0][0] <= until:
            at, _, do = heappop(self._coming)
            self.now = max(self.now, at)
            do()
        self.now = max(self.now, until)

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)


@dataclass(frozen=True, slots=True)
class Begun:
    """A call: when it began, and what it touched."""

    at_ms: int
    method: str
    touches: frozenset[int]


class SlowStore(FakeStoreApi):
    """Each call takes `call_s`; none begins when the slice has no time left. `begun` lists them.
    A walk of names sees `walked` products besides its own."""

    def __init__(self, clock: BusyClock) -> None:
        super().__init__()
        self.clock = clock
        self.call_s = 0.0
        self.walked = 0
        self.deadline_ms = 2**62
        self.begun: list[Begun] = []
        self.script.begins = self._takes_time

    def _takes_time(self, called: Called) -> None:
        if not self.call_s:
            return
        if self.deadline_ms - self.clock.now_ms() < NO_TIME_MS:
            raise OutOfTime("The slice has no time left.")
        self.begun.append(Begun(self.clock.now_ms(), called.method, called.touches))
        self.clock.advance(A_PAGE_S if called.method == "walk" else self.call_s)

    def walk(self, after: int = 0) -> Iterator[WebProduct]:
        """See StoreApi; the products it makes up have the highest ids."""
        if not self.walked:
            yield from super().walk(after)
            return
        for start in range(max(after, 1_000_000), 1_000_000 + self.walked, 250):
            ids = [StoreProductId(start + n + 1) for n in range(250)]
            yield from self._do(
                "walk",
                "GET /catalog/products",
                (),
                start,
                lambda ids=ids: [WebProduct(n, f"Web {n}", f"W-{n}") for n in ids],  # type: ignore[misc]
            )


class SlowPos(FakePos):
    """Each read takes a tenth of a second."""

    def __init__(self, clock: BusyClock) -> None:
        super().__init__()
        self.clock = clock

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        self.clock.advance(A_POS_READ_S)
        return super().products(ids)


class TimedRequests(FakeLinkRequests):
    """`at` says when each product of each request was answered."""

    def __init__(self, clock: BusyClock) -> None:
        super().__init__()
        self.clock = clock
        self.at: dict[tuple[str, PosProductId], int] = {}

    def answer(
        self, request: LinkRequest, answer: LinkAnswer, line: ProductLine | None = None
    ) -> None:
        super().answer(request, answer, line)
        self.at[request.id, request.product] = self.clock.now_ms()


@dataclass
class BusyWorld(World):
    """A world whose calls take time once `begin` was called."""

    clock: BusyClock = field(default_factory=BusyClock)

    def __post_init__(self) -> None:
        self.web: SlowStore = SlowStore(self.clock)
        self.pos = SlowPos(self.clock)
        super().__post_init__()
        self.link_requests: TimedRequests = TimedRequests(self.clock)
        self.pending.link_requests = self.link_requests
        linking = replace(self.deps.linking, requests=self.link_requests)
        self.deps = replace(self.deps, linking=linking, open_store=self._open_until)

    def _open_until(self, _: Connection, deadline_ms: int) -> StoreApi:
        self.web.deadline_ms = deadline_ms
        return self._open()

    def link_online(self, product: Product) -> None:
        """Have a product online and linked, as if it had been pushed before."""
        made = self.web.seed(product.name, product.sku, inventory_tracking="product")
        link = Link(product.id, LinkStatus.LINKED, made.id, tracking="product", visible=True)
        self.links.linked(STORE, replace(link, name=product.name, sku=product.sku))

    def begin(self, call_s: float = A_CALL_S) -> int:
        """Have calls take time from now on; return the time (epoch ms)."""
        self.web.call_s = call_s
        self.web.log.clear()
        self.web.begun.clear()
        return self.clock.now_ms()

    def people_ask(self, id_: str, kind: LinkRequestKind, *pairs: tuple[str, int | None]) -> None:
        """Ask for links to be changed."""
        named = tuple((PosProductId(p), None if w is None else StoreProductId(w)) for p, w in pairs)
        first = self.clock.now_ms() * 10_000
        self.link_requests.put(LinkEvent(id_, STORE, kind, named).requests(count(first)))
        self.events += 1

    def live(self, seconds: float) -> None:
        """Work slice after slice for so long, waiting where nothing is to be done."""
        until = self.clock.now_ms() + round(seconds * 1_000)
        while self.clock.now_ms() < until:
            signalled, woken = len(self.signals.signalled), len(self.signals.wakes)
            events = self.events
            self.push()
            if len(self.signals.signalled) > signalled or self.events > events:
                continue
            wakes = [self.clock.now_ms() + 1_000 * s for _, s in self.signals.wakes[woken:]]
            coming = [*wakes, self.clock.next_ms or until]
            self.clock.advance(max(1.0, min(coming) - self.clock.now_ms()) / 1_000)

    def wait_ms(self, since_ms: int, method: str, product: Product) -> int | None:
        """Return how long after `since_ms` the first call of `method` for a product began."""
        number = self.link(product).id
        found = (
            call.at_ms
            for call in self.web.begun
            if call.at_ms >= since_ms and call.method == method and number in call.touches
        )
        return next((at - since_ms for at in found), None)

    def counted(self, *methods: str) -> int:
        """Return how many calls of these methods began."""
        return sum(call.method in methods for call in self.web.begun)
