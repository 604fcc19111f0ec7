"""What events and requests mark, in which order, and what else they do: nothing."""

from collections.abc import Iterable

from tests.builders import STORE
from tests.unit.usecases.intake.messages import OTHER, Intake, a_sale
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.versions import version_of


def test_a_sale_marks_stock_and_content() -> None:
    intake = Intake()
    intake.takes(a_sale("p-1", 7))
    assert intake.rows() == {(Lane.STOCK, "p-1", 7), (Lane.CONTENT, "p-1", 7)}


def test_a_batch_signals_each_store_once() -> None:
    intake = Intake(STORE, OTHER)
    intake.takes(*(a_sale(f"p-{n}", 1, store) for n in range(5) for store in (STORE, OTHER)))
    assert sorted(intake.signals.signalled) == sorted([STORE, OTHER])


def test_a_burst_of_sales_is_one_row_with_the_newest_version() -> None:
    intake = Intake()
    versions = [3, 9, 5, 9, 1]
    intake.takes(*(a_sale("p-1", version) for version in versions))
    assert intake.rows() == {(Lane.STOCK, "p-1", 9), (Lane.CONTENT, "p-1", 9)}


def test_what_cannot_be_read_goes_to_the_dead_letters_and_its_neighbours_go_on() -> None:
    intake = Intake()
    intake.takes(a_sale("p-1", 1), "nonsense", a_sale("p-2", 1))
    assert intake.dead.letters == [("nonsense", "'nonsense' is no event.")]
    assert {product for _, product, _ in intake.rows()} == {"p-1", "p-2"}


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
    intake.takes(a_sale("p-1", 1))
    assert order == ["mark", "signal"]


def test_the_same_batch_again_does_no_harm() -> None:
    intake = Intake()
    bodies = [a_sale("p-1", 2), "nonsense"]
    intake.takes(*bodies)
    before = intake.rows()
    intake.takes(*bodies)
    assert intake.rows() == before


def test_a_newer_mark_gives_the_row_a_new_rev_so_that_a_drain_cannot_delete_it() -> None:
    intake = Intake()
    intake.takes(a_sale("p-1", 2))
    read = list(intake.pending.rows)
    intake.takes(a_sale("p-1", 2))
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


def test_announced_versions_stand_in_the_epoch_of_the_pos_account() -> None:
    intake = Intake()
    stores = intake.deps.stores
    there = stores.find(StoreId(STORE))
    assert there is not None
    stores.begin_epoch(there.pos_account)
    intake.takes(f"product.saved {STORE} p-1 1", f"push.requested {STORE} p-2 0")
    versions = {row.product: row.version for row in intake.pending.rows}
    assert versions == {"p-1": version_of(1, 1), "p-2": 0}
