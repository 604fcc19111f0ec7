"""A world of fakes in which people ask for things in the console: what they ask for reaches intake, and a drain
works on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from tests.builders import STORE
from tests.console_deps import console_deps
from tests.fakes.console import FakeJobs, FakeListing, FakeRequestPlans, FakeRequests
from tests.world import World
from tillbridge.adapters.messages.requests_bus import undo_parts
from tillbridge.domain.events import Event
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind, UndoOf
from tillbridge.domain.pending import arrival
from tillbridge.domain.people import Person, Role
from tillbridge.domain.product import Product
from tillbridge.domain.request_parts import asked_of
from tillbridge.domain.row_composing import pos_row
from tillbridge.ports.requests import Undone
from tillbridge.usecases.console.deps import ConsoleDeps

MIA = Person("issuer", "mia", "Mia", {STORE: Role.STAFF})
OLIVIA = Person("issuer", "olivia", "Olivia", {"*": Role.OWNER})
VERA = Person("issuer", "vera", "Vera", {STORE: Role.VIEWER})


class TakenIn(FakeRequests):
    """Requests that intake takes in at once, unless `held`."""

    def __init__(self, world: "ConsoleWorld") -> None:
        super().__init__()
        self._world = world
        self.held = False

    def push(
        self,
        store: StoreId,
        job: str,
        by: str,
        products: Sequence[PosProductId],
        plan: str = "",
    ) -> None:
        super().push(store, job, by, products)
        named = tuple((product, 0) for product in products)
        event = Event(job, store, "push.requested", 0, named, by=by, job=job, plan=plan)
        if not self.held:
            self._world.takes(event)

    def link(
        self,
        store: StoreId,
        job: str,
        by: str,
        pairs: Sequence[tuple[PosProductId, StoreProductId]],
    ) -> None:
        super().link(store, job, by, pairs)
        self._world.takes(LinkEvent(job, store, LinkRequestKind.LINK, tuple(pairs), by=by, job=job))

    def unlink(self, store: StoreId, job: str, by: str, products: Sequence[PosProductId]) -> None:
        super().unlink(store, job, by, products)
        named = tuple((product, None) for product in products)
        self._world.takes(LinkEvent(job, store, LinkRequestKind.UNLINK, named, by=by, job=job))

    def undo(self, store: StoreId, job: str, by: str, undone: Sequence[Undone]) -> None:
        super().undo(store, job, by, undone)
        for number, data in enumerate(undo_parts(undone)):
            undoes = UndoOf(
                data.get("undoes", ""), tuple(data.get("fields", ())), data.get("hides", False)
            )
            named = tuple(
                (each["product_id"], each.get("bigcommerce_id")) for each in data["links"]
            )
            self._world.takes(
                LinkEvent(
                    f"{job}-{number}",
                    store,
                    LinkRequestKind.UNDO,
                    named,
                    by=by,
                    job=job,
                    total=data["total"],
                    offset=data["offset"],
                    undoes=undoes,
                )
            )


@dataclass
class ConsoleWorld(World):
    """A world with the console's function."""

    console: ConsoleDeps = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.jobs = FakeJobs(self.pending, self.history, self.stores)
        self.requests = TakenIn(self)
        self.plans = FakeRequestPlans(self.clock)
        self.console = console_deps(
            stores=self.stores,
            listing=FakeListing(self.read_model),
            views=self.read_model,
            links=self.links,
            pending=self.pending,
            jobs=self.jobs,
            plans=self.plans,
            requests=self.requests,
            history=self.history,
            replaced=self.replaced,
            befores=self.befores,
            clock=self.clock,
        )

    def show(self, product: Product) -> None:
        """Put a product of the POS into the view."""
        self.read_model.put(STORE, [pos_row(product, self.connection.settings)])

    def takes(self, event: Event | LinkEvent) -> None:
        """Take an event of a person in, as intake does."""
        now = self.clock.now_ms()
        if isinstance(event, LinkEvent):
            self.link_requests.put(event.requests(arrival(now, n) for n in count()))
        else:
            self.marks(event)
        asked = asked_of(event, now)
        self.jobs.take_in(asked.job, asked.offset, asked.products)
