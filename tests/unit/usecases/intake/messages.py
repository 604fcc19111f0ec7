"""Intake over fakes, and messages that are read from a few words."""

from dataclasses import replace

from tests.builders import A_PERSON, STORE, THE_POS, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.parts import FakeParts
from tests.fakes.pending import FakePending
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tillbridge.domain.errors import UnreadableEvent
from tillbridge.domain.events import Event, Wake
from tillbridge.domain.ids import PosProductId, StoreId, WebOrderId
from tillbridge.domain.lanes import FROM_POS, Lane
from tillbridge.domain.link_requests import LINK_TRIGGERS, LinkEvent
from tillbridge.domain.web_orders.asked_for import ORDER_REQUESTED, DoOrder, OrdersAsked
from tillbridge.usecases.record_changes import IntakeDeps, record_changes

OTHER = StoreId("market")


def _read(body: str) -> Event | LinkEvent | OrdersAsked | Wake:
    words = body.split()
    if words[0] == "wake":
        return Wake(StoreId(words[1]), orders="orders" in words)
    if words[0] == ORDER_REQUESTED:
        _, store, do, *numbers = words
        orders = tuple(WebOrderId(int(each)) for each in numbers)
        return OrdersAsked("e-1", StoreId(store), DoOrder(do), orders, A_PERSON, "mina")
    if len(words) != 4:
        raise UnreadableEvent(f"'{body}' is no event.")
    trigger, store, product, version = words
    if kind := LINK_TRIGGERS.get(trigger):
        return LinkEvent(version, StoreId(store), kind, ((PosProductId(product), None),), A_PERSON)
    named = ((PosProductId(product), int(version)),)
    sender = THE_POS if trigger in FROM_POS else A_PERSON
    return Event("e-1", StoreId(store), trigger, 1_000, named, sender=sender)


class Intake:
    """Intake over fakes. Messages are 'trigger store product version' or, about links, 'trigger
    store product request'."""

    def __init__(self, *stores: str) -> None:
        self.pending = FakePending()
        self.link_requests = FakeLinkRequests()
        self.jobs = FakeJobs()
        self.signals = FakeSignals()
        self.order_signals = FakeSignals()
        self.dead = FakeDeadLetters()
        self.clock = FakeClock()
        self.parts = FakeParts()
        self.deps = IntakeDeps(
            read=_read,
            parts=self.parts,
            pending=self.pending,
            link_requests=self.link_requests,
            jobs=self.jobs,
            stores=FakeStores([a_connection(store) for store in stores or (STORE,)]),
            signals=self.signals,
            order_signals=self.order_signals,
            dead_letters=self.dead,
            clock=self.clock,
        )

    def takes(self, *bodies: str) -> None:
        record_changes(bodies, self.deps)

    def rows(self) -> set[tuple[Lane, str, int]]:
        return {(row.lane, row.product, row.version) for row in self.pending.rows}


def a_sale(product: str, version: int, store: str = STORE) -> str:
    return f"sale.completed {store} {product} {version}"


def taking(event: Event | LinkEvent, *, times: int = 1) -> Intake:
    intake = Intake()
    read = intake.deps.read
    intake.deps = replace(intake.deps, read=lambda body: event if body == "ask" else read(body))
    intake.takes(*["ask"] * times)
    return intake


def no_claims(*_: object) -> list[tuple[PosProductId, int]]:
    raise AssertionError("a part holds its products itself")
