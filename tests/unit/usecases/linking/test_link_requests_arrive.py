"""From the bus to the answer: people's requests about links that come twice, late, or together."""

from dataclasses import replace

import pytest

from tests.builders import A_PERSON, LANTERN, STORE, a_product
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.parts import FakeParts
from tests.unit.usecases.linking.linking_world import LinkingWorld
from tillbridge.domain.errors import OutOfTime
from tillbridge.domain.events import Event, Wake
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link_requests import LinkEvent, LinkRequest, LinkRequestKind
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.record_changes import IntakeDeps, record_changes

LINK, UNLINK, UNDO = LinkRequestKind.LINK, LinkRequestKind.UNLINK, LinkRequestKind.UNDO


class Bus:
    """The bus, intake, and the drain behind it."""

    def __init__(self) -> None:
        self.world = LinkingWorld()
        self.web = self.world.web.seed("Lantern (web)", "WEB-LANTERN").id
        self.world.pos.save(a_product())
        self._sent: dict[str, LinkEvent] = {}
        self._intake = IntakeDeps(
            read=self._read,
            parts=FakeParts(),
            pending=self.world.pending,
            link_requests=self.world.link_requests,
            jobs=FakeJobs(),
            stores=self.world.stores,
            signals=self.world.signals,
            order_signals=self.world.order_signals,
            dead_letters=FakeDeadLetters(),
            clock=self.world.clock,
        )

    def _read(self, body: str) -> Event | LinkEvent | Wake:
        return self._sent[body]

    def event(self, id_: str, kind: LinkRequestKind, *products: str) -> str:
        """Prepare an event about products, the lantern by default, and return its id. A link names
        its web product."""
        web = self.web if kind is LINK else None
        pairs = tuple((PosProductId(product), web) for product in products or (LANTERN,))
        self._sent[id_] = LinkEvent(id_, STORE, kind, pairs, A_PERSON)
        return id_

    def delivers(self, *ids: str) -> None:
        """Deliver one batch to intake."""
        record_changes(ids, self._intake)
        self.world.clock.advance(1)

    def drains(self) -> None:
        """Drain the store until nothing is left to do."""
        self.world.push_until_quiet()

    def done(self, id_: str) -> list[bool]:
        """Return, for each answer to an event, whether it was done."""
        return [answer.done for answer in self.world.link_requests.answers_to(id_)]

    @property
    def linked(self) -> bool:
        """Whether the lantern is linked."""
        return bool(self.world.links.get(STORE, [LANTERN]))


@pytest.fixture
def bus() -> Bus:
    return Bus()


def test_link_and_unlink_of_one_product_in_one_batch_are_done_in_their_order(bus: Bus) -> None:
    bus.delivers(bus.event("z-link", LINK), bus.event("a-unlink", UNLINK))
    bus.drains()
    assert (bus.done("z-link"), bus.done("a-unlink"), bus.linked) == ([True], [True], False)


def test_unlink_and_link_of_one_product_in_one_batch_are_done_in_their_order(bus: Bus) -> None:
    bus.delivers(bus.event("first", LINK))
    bus.drains()
    bus.delivers(bus.event("z-unlink", UNLINK), bus.event("a-link", LINK))
    bus.drains()
    assert (bus.done("z-unlink"), bus.done("a-link"), bus.linked) == ([True], [True], True)


def test_a_request_that_arrives_late_is_done_when_it_arrives(bus: Bus) -> None:
    # Senders' clocks differ, so nobody knows which of the two a person sent first.
    link, unlink = bus.event("sent-first", LINK), bus.event("sent-second", UNLINK)
    bus.delivers(unlink)
    bus.drains()
    bus.delivers(link)
    bus.drains()
    assert bus.linked


def test_a_request_that_is_delivered_twice_is_done_once(bus: Bus) -> None:
    link = bus.event("link", LINK)
    bus.delivers(link, link)
    bus.delivers(link)
    bus.drains()
    assert bus.done("link") == [True]


def test_a_link_delivered_again_after_its_answer_undoes_no_later_unlink(bus: Bus) -> None:
    link = bus.event("link", LINK)
    bus.delivers(link)
    bus.drains()
    bus.delivers(bus.event("unlink", UNLINK))
    bus.drains()
    for _ in range(2):
        bus.delivers(link)
        bus.drains()
    assert not bus.linked
    assert bus.world.link_requests.waiting(STORE, 10) == []


def test_an_undo_delivered_again_after_its_answer_writes_nothing(bus: Bus) -> None:
    bus.delivers(bus.event("link", LINK))
    bus.drains()
    undo = bus.event("undo", UNDO)
    bus.delivers(undo)
    bus.drains()
    assert bus.done("undo") == [True]
    bus.world.web.log.clear()
    bus.delivers(undo)
    bus.drains()
    assert bus.world.writes() == []


def test_a_slice_that_ends_within_a_request_goes_on_with_the_next_product(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    products = [a_product(f"p-{n}", name=f"Rope {n}", sku=f"ROPE-{n}") for n in range(4)]
    bus.world.linked(*products)
    unlinks = bus.event("unlink", UNLINK, *(product.id for product in products))
    bus.delivers(unlinks)
    need_time, asked = Session.need_time, iter(range(1, 100))

    def ends(session: Session, seconds: float = 0.0) -> None:
        if next(asked) == 4:
            raise OutOfTime("The slice has no time left.")
        need_time(session, seconds)

    with monkeypatch.context() as patched:
        patched.setattr(Session, "need_time", ends)
        bus.world.push()
    left = bus.world.link_requests.waiting(STORE, 10)
    assert [request.product for request in left] == ["p-2", "p-3"]
    bus.drains()
    assert bus.done("unlink") == [True] * 4


def test_what_one_request_of_many_cannot_read_stops_no_other(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus.world.pos.save(replace(a_product(), id=PosProductId("p-2"), name="Rope", sku="ROPE"))
    nothing = LinkRequest(
        "nothing", 0, STORE, LINK, PosProductId("p-2"), StoreProductId(999_999), order=0
    )
    bus.world.link_requests.put([nothing])
    bus.delivers(bus.event("link", LINK))
    bus.drains()
    assert (bus.done("nothing"), bus.done("link")) == ([False], [True])
