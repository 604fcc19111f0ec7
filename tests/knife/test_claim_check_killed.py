"""A large import whose functions die after every port call in turn: once redelivered, it is
complete.

`make knife` plays it from the claim check to the store, at each point."""

from tests.knife.claim_check import ROWS, Queues, linked_and_changed, play_claim_check
from tests.knife.knife import Knife
from tests.knife.loop import settle
from tests.world import World


def _rows(world: World) -> set[tuple[str, str, int]]:
    return {(row.lane.value, str(row.product), row.version) for row in world.pending.rows}


def test_intake_of_a_large_import_may_die_after_any_call() -> None:
    whole = Knife()
    calm = World()
    Queues(calm).handle(whole)
    assert len(_rows(calm)) == ROWS
    assert len(whole.calls) > ROWS
    for point in range(1, len(whole.calls) + 1):
        world = World()
        queues = Queues(world)
        queues.handle(Knife(point))
        assert _rows(world) == _rows(calm), f"after call {point}, {whole.calls[point - 1]}"
        assert world.signals.signalled, "somebody must drain what was marked"
        assert not queues.dead.letters


def test_a_death_between_the_claim_check_and_the_store_changes_no_end() -> None:
    outcome = play_claim_check(every=97)
    assert outcome.points > 3 * ROWS
    assert not outcome.differing, outcome.differing[0]


def test_what_a_dying_intake_marked_is_pushed_once() -> None:
    world = linked_and_changed()
    Queues(world).handle(Knife(77))
    settle(world)
    sent = [
        item["id"]
        for called in world.web.log
        for item in called.sent
        if called.method == "update_products"
    ]
    assert len(sent) == len(set(sent)) == ROWS
