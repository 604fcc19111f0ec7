"""A full run says that a store lost its links: no event does, for what is not linked is left alone."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_product
from tests.reconcile_world import DRY, INCREMENTAL, ReconcileWorld
from tillbridge.domain.run import lost_links


@pytest.mark.parametrize(
    ("before", "now", "lost"),
    [
        (0, 0, 0),
        (5, 0, 5),
        (4, 0, 0),
        (10, 5, 0),
        (10, 4, 6),
        (100_000, 49_999, 50_001),
        (5, 9, 0),
    ],
)
def test_more_than_half_of_five_or_more_is_a_loss(before: int, now: int, lost: int) -> None:
    assert lost_links(before, now) == lost


def test_a_full_run_tells_of_lost_links_once_and_a_dry_one_or_one_of_changes_takes_nothing_away() -> (
    None
):
    world = ReconcileWorld()
    world.linked(*(a_product(f"p-{n}", name=f"Lamp {n}", sku=f"S-{n}") for n in range(2)))
    assert world.reconcile().lost == 0
    world.runs.save_cursors(
        STORE, replace(world.runs.cursors(STORE), linked=9)
    )  # the table had more
    assert world.reconcile(DRY).lost == 7
    assert world.reconcile(INCREMENTAL).lost == 0
    assert world.reconcile().lost == 7
    assert world.reconcile().lost == 0, "told"
