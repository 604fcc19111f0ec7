"""Intake marks products pending, signals once, and loses nothing that it cannot read."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.builders import A_PERSON, OWN_ACCOUNT, STORE, THE_POS, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.parts import FakeParts
from tests.fakes.pending import FakePending
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tillbridge.adapters.messages.event_parts import body_of
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import RetryLater, UnreadableEvent, UnreadableStore
from tillbridge.domain.events import Event, Wake
from tillbridge.domain.events import parts as cut
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, WebOrderId
from tillbridge.domain.jobs import Job
from tillbridge.domain.lanes import FROM_POS, WEB_ORDER_BOOKED, Lane
from tillbridge.domain.link_requests import LINK_TRIGGERS, LinkEvent, LinkRequestKind
from tillbridge.domain.selection import Do
from tillbridge.domain.versions import version_of
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


def _sale(product: str, version: int, store: str = STORE) -> str:
    return f"sale.completed {store} {product} {version}"


def _ask(event: Event | LinkEvent, *, times: int = 1) -> Intake:
    intake = Intake()
    read = intake.deps.read
    intake.deps = replace(intake.deps, read=lambda body: event if body == "ask" else read(body))
    intake.takes(*["ask"] * times)
    return intake


def test_what_people_ask_for_is_kept_as_a_job_and_how_much_of_it_came_in() -> None:
    named = ((PosProductId("p-1"), 0), (PosProductId("p-2"), 0))
    asked = Event("e", STORE, "push.requested", 0, named, 5, 2, A_PERSON, "mina", "j-1", "plan-1")
    intake = _ask(asked, times=2)
    now = intake.clock.now_ms()
    expected = Job("j-1", STORE, Do.PUSH, "mina", now, total=5, plan="plan-1", taken=2)
    assert intake.jobs.get(STORE, "j-1") == expected
    assert {row.job for row in intake.pending.rows} == {"j-1"}


def test_a_product_that_a_request_names_twice_is_one_of_its_job() -> None:
    named = ((PosProductId("p-1"), 0), (PosProductId("p-1"), 0))
    asked = Event("e", STORE, "push.requested", 0, named, sender=A_PERSON, job="j-1")
    job = _ask(asked).jobs.get(STORE, "j-1")
    assert job is not None
    assert (job.total, job.taken) == (1, 1)


@pytest.mark.parametrize("kind", LinkRequestKind)
def test_a_request_about_links_is_a_job_too(kind: LinkRequestKind) -> None:
    products = ((PosProductId("p-1"), StoreProductId(7)),)
    intake = _ask(LinkEvent("e", STORE, kind, products, A_PERSON, job="j-1"))
    job = intake.jobs.get(STORE, "j-1")
    assert job is not None
    assert (job.do.value, job.total, job.taken) == (kind.value, 1, 1)
    assert [request.job for request in intake.link_requests.every] == ["j-1"]


def test_a_job_that_cannot_be_kept_holds_up_no_mark_and_its_message_returns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake = Intake()

    def busy(*_: object) -> None:
        raise RetryLater("busy")

    monkeypatch.setattr(intake.jobs, "take_in", busy)
    asked = Event("e", STORE, "push.requested", 0, ((PosProductId("p-1"), 0),), sender=A_PERSON)
    read = intake.deps.read
    intake.deps = replace(
        intake.deps, read=lambda body: replace(asked, job="j") if body == "ask" else read(body)
    )
    with pytest.raises(RetryLater):
        intake.takes("ask", _sale("p-2", 1))
    assert {row.product for row in intake.pending.rows} == {"p-1", "p-2"}
    assert intake.signals.signalled == [STORE]


def test_an_event_of_the_pos_is_no_job() -> None:
    intake = Intake()
    intake.takes(_sale("p-1", 7))
    assert intake.jobs.jobs == {}


def test_a_sale_marks_stock_and_content() -> None:
    intake = Intake()
    intake.takes(_sale("p-1", 7))
    assert intake.rows() == {(Lane.STOCK, "p-1", 7), (Lane.CONTENT, "p-1", 7)}


def test_a_batch_signals_each_store_once() -> None:
    intake = Intake(STORE, OTHER)
    intake.takes(*(_sale(f"p-{n}", 1, store) for n in range(5) for store in (STORE, OTHER)))
    assert sorted(intake.signals.signalled) == sorted([STORE, OTHER])


def test_a_burst_of_sales_is_one_row_with_the_newest_version() -> None:
    intake = Intake()
    versions = [3, 9, 5, 9, 1]
    intake.takes(*(_sale("p-1", version) for version in versions))
    assert intake.rows() == {(Lane.STOCK, "p-1", 9), (Lane.CONTENT, "p-1", 9)}


def test_what_cannot_be_read_goes_to_the_dead_letters_and_its_neighbours_go_on() -> None:
    intake = Intake()
    intake.takes(_sale("p-1", 1), "nonsense", _sale("p-2", 1))
    assert intake.dead.letters == [("nonsense", "'nonsense' is no event.")]
    assert {product for _, product, _ in intake.rows()} == {"p-1", "p-2"}


def test_an_event_of_an_unknown_store_is_kept_with_what_to_do() -> None:
    intake = Intake()
    body = _sale("p-1", 1, "elsewhere")
    intake.takes(body, _sale("p-2", 1))
    ((kept, reason),) = intake.dead.letters
    assert kept == body
    assert "tillbridge store add elsewhere" in reason
    assert intake.signals.signalled == [STORE]


def _unreadable(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    stores = intake.deps.stores
    real = stores.find

    def find(store: StoreId) -> Connection | None:
        if store == OTHER:
            raise UnreadableStore("odd")
        return real(store)

    monkeypatch.setattr(stores, "find", find)


@pytest.mark.parametrize("asked", ["sale.completed market p-1 4", "link.requested market p-1 r-1"])
def test_what_is_asked_of_a_store_that_cannot_be_read_waits_and_the_others_go(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(STORE, OTHER)
    with monkeypatch.context() as patch:
        _unreadable(intake, patch)
        with pytest.raises(UnreadableStore):
            intake.takes(asked, _sale("p-2", 4))
    assert {row.store for row in intake.pending.rows} == {STORE}
    assert intake.signals.signalled == [STORE]
    assert intake.dead.letters == []
    intake.takes(asked)
    assert intake.signals.signalled == [STORE, OTHER]


def test_a_wake_of_a_store_that_cannot_be_read_is_left_to_the_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake = Intake(STORE, OTHER)
    _unreadable(intake, monkeypatch)
    intake.takes(f"wake {OTHER}", f"wake {STORE}")
    assert intake.signals.signalled == [STORE]


def test_what_the_pos_of_a_removed_store_tells_marks_nothing_and_is_no_dead_letter() -> None:
    stores = FakeStores([a_connection(), a_connection(OTHER)])
    intake = Intake()
    intake.deps = replace(intake.deps, stores=stores)
    stores.take_out(OTHER, "mina", 5)
    intake.takes(_sale("p-1", 2, OTHER), _sale("p-2", 3), f"canary.due {OTHER} p-1 0")
    assert {row.store for row in intake.pending.rows} == {STORE}
    assert (intake.dead.letters, intake.signals.signalled) == ([], [STORE])


def test_what_a_person_asks_of_a_removed_store_says_who_removed_it() -> None:
    stores = FakeStores([a_connection()])
    intake = Intake()
    intake.deps = replace(intake.deps, stores=stores)
    stores.take_out(STORE, "mina", 5)
    intake.takes(f"push.requested {STORE} p-1 0", f"wake {STORE}")
    ((_, reason),) = intake.dead.letters
    assert "was removed by mina" in reason
    assert "tillbridge store add harbour" in reason


def test_two_events_of_one_unknown_store_are_both_kept() -> None:
    intake = Intake()
    intake.takes(_sale("p-1", 1, "elsewhere"), _sale("p-2", 1, "elsewhere"))
    assert len(intake.dead.letters) == 2
    assert intake.signals.signalled == []


def test_a_wake_of_a_store_that_was_disconnected_meanwhile_is_no_dead_letter() -> None:
    intake = Intake()
    intake.takes("wake gone", _sale("p-1", 7))
    assert intake.dead.letters == []
    assert intake.signals.signalled == [STORE]


def test_a_booking_has_the_pos_asked_what_it_booked_and_no_product_marked() -> None:
    intake = Intake()
    intake.takes(*(f"{WEB_ORDER_BOOKED} {STORE} p-{n} {n}" for n in (1, 2)))
    (row,) = intake.pending.rows
    assert (row.lane, row.product) == (Lane.BOOK, "#since")
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([], [STORE])


def test_orders_that_a_person_has_count_are_read_by_the_drain() -> None:
    intake = Intake(STORE)
    intake.takes(f"order.requested {STORE} take 231 240 231")
    rows = [(row.lane, row.product, row.force) for row in intake.pending.rows]
    assert sorted(rows) == [(Lane.WEB, "231", True), (Lane.WEB, "240", True)]
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([STORE], [])


def test_orders_that_the_pos_is_told_again_are_for_the_function_that_tells_it() -> None:
    intake = Intake(STORE)
    intake.takes(f"order.requested {STORE} retry 231")
    (row,) = intake.pending.rows
    assert (row.lane, row.product, row.force) == (Lane.BOOK, "231", True)
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([], [STORE])
    assert intake.jobs.jobs == {}


def test_a_wake_for_orders_starts_nothing_else() -> None:
    intake = Intake()
    intake.takes(f"wake {STORE} orders")
    assert (intake.signals.signalled, intake.order_signals.signalled) == ([], [STORE])


def test_a_wake_signals_its_store_and_marks_nothing() -> None:
    intake = Intake()
    intake.takes(f"wake {STORE}")
    assert intake.signals.signalled == [STORE]
    assert not intake.rows()


def test_rows_are_stored_before_the_signal_is_sent() -> None:
    intake = Intake()
    order: list[str] = []
    mark, signal = intake.pending.mark, intake.signals.signal

    def marked(changes: Iterable[object]) -> None:
        order.append("mark")
        mark(changes)  # type: ignore[arg-type]

    def signalled(store: StoreId) -> None:
        order.append("signal")
        signal(store)

    intake.pending.mark = marked  # type: ignore[method-assign]
    intake.signals.signal = signalled  # type: ignore[method-assign]
    intake.takes(_sale("p-1", 1))
    assert order == ["mark", "signal"]


def test_the_same_batch_again_does_no_harm() -> None:
    intake = Intake()
    bodies = [_sale("p-1", 2), "nonsense"]
    intake.takes(*bodies)
    before = intake.rows()
    intake.takes(*bodies)
    assert intake.rows() == before


def test_a_newer_mark_gives_the_row_a_new_rev_so_that_a_drain_cannot_delete_it() -> None:
    intake = Intake()
    intake.takes(_sale("p-1", 2))
    read = list(intake.pending.rows)
    intake.takes(_sale("p-1", 2))
    intake.pending.clear(read)
    assert len(intake.rows()) == 2


def test_requests_about_links_wait_in_the_order_in_which_they_arrive() -> None:
    intake = Intake()
    link = f"link.requested {STORE} p-1 r-9"
    unlink = f"unlink.requested {STORE} p-1 r-1"
    intake.takes(link, unlink)
    intake.clock.advance(0.001)
    intake.takes(f"undo.requested {STORE} p-2 r-0")
    waiting = intake.link_requests.waiting(STORE, 10)
    assert [request.kind for request in waiting] == [
        LinkRequestKind.LINK,
        LinkRequestKind.UNLINK,
        LinkRequestKind.UNDO,
    ]


def test_a_request_about_links_that_is_delivered_again_keeps_its_place() -> None:
    intake = Intake()
    first = f"link.requested {STORE} p-1 r-1"
    intake.takes(first, f"unlink.requested {STORE} p-1 r-2")
    intake.clock.advance(1)
    intake.takes(first)
    assert [r.id for r in intake.link_requests.waiting(STORE, 10)] == ["r-1", "r-2"]


def test_an_event_of_more_than_two_hundred_products_goes_on_in_parts_of_a_hundred() -> None:
    intake = Intake()
    large = Event(
        "e-9",
        STORE,
        "product.imported",
        1_000,
        tuple((PosProductId(f"p-{n}"), n) for n in range(201)),
        sender=THE_POS,
    )
    deps = replace(intake.deps, read=lambda _: large)
    record_changes(["large"], deps)
    assert not intake.pending.rows
    assert [len(part.products) for part in intake.parts.sent] == [100, 100, 1]
    assert [(part.total, part.offset) for part in intake.parts.sent] == [
        (201, 0),
        (201, 100),
        (201, 200),
    ]


def test_the_parts_of_a_large_import_are_bulk_work_in_their_order() -> None:
    intake = Intake()
    asked = Event(
        "asked-0000000000001",
        STORE,
        "push.requested",
        1_000,
        tuple((PosProductId(f"p-{n}"), 0) for n in range(250)),
        sender=A_PERSON,
    )
    parts = {body_of(part): part for part in cut(asked)}
    deps = replace(intake.deps, read=lambda body: read_message(body, _no_claims, OWN_ACCOUNT))
    record_changes(parts, deps)
    record_changes(list(parts)[:1], deps)  # a part that arrives twice
    rows = intake.pending.due(STORE, Lane.BULK, intake.clock.now_ms(), 300)
    assert [row.product for row in rows] == [f"p-{n}" for n in range(250)]


def _no_claims(*_: object) -> list[tuple[PosProductId, int]]:
    raise AssertionError("a part holds its products itself")


def test_announced_versions_stand_in_the_epoch_of_the_pos_account() -> None:
    intake = Intake()
    stores = intake.deps.stores
    there = stores.find(StoreId(STORE))
    assert there is not None
    stores.begin_epoch(there.pos_account)
    intake.takes(f"product.saved {STORE} p-1 1", f"push.requested {STORE} p-2 0")
    versions = {row.product: row.version for row in intake.pending.rows}
    assert versions == {"p-1": version_of(1, 1), "p-2": 0}
