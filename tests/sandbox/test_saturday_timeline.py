"""The judge of a Saturday sees an order, and what BigCommerce took off for it, as one moment."""

from typing import Any

import pytest

from sandbox.saturday.goods import Unit
from sandbox.saturday.notes import Held, Notes, Owes
from sandbox.saturday.timeline import moments, steps

MUG: Unit = ("p-mug", None)


def a_move(at: float, order: int = 7) -> dict[str, Any]:
    return {"at": at, "by": "order", "order_id": order, "units": -1, "level": None}


@pytest.mark.parametrize(
    ("taken_at", "places"),
    [(10.0, 1), (9.996, 1), (9.0, 2), (10.2, 2)],
    ids=["at once", "noted a little later", "a second before", "after the order"],
)
def test_what_an_order_took_off_just_before_it_was_noted_is_one_moment_with_it(
    taken_at: float, places: int
) -> None:
    notes = Notes(clock=lambda: 0.0)
    notes.held[MUG] = [Held(1.0, 1, 3)]
    notes.owes[7, MUG] = [Owes(10.0, 1)]

    line = moments(steps(notes, MUG, 3, [a_move(taken_at)]))

    assert len(line) == 1 + places
    assert (line[0].online, line[0].free) == (3, 3)
    assert (line[-1].online, line[-1].free) == (2, 2)


def test_what_an_order_of_another_number_took_off_keeps_its_time() -> None:
    notes = Notes(clock=lambda: 0.0)
    notes.held[MUG] = [Held(1.0, 1, 3)]
    notes.owes[7, MUG] = [Owes(10.0, 1)]

    assert len(moments(steps(notes, MUG, 3, [a_move(9.996, order=8)]))) == 3
