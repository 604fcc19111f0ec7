"""Whose turn it is: people before windows, a window after three of theirs, the oldest every second
time."""

from tillbridge.domain.lanes import IN_WINDOWS, INTERRUPTING, Lane
from tillbridge.domain.turns import WAVES_IN_A_ROW, Turns

ALL_DUE = {Lane.CONTENT: 9, Lane.BULK: 3}


def tried(turns: Turns, due: dict[Lane, int] | None = None) -> list[Lane]:
    return list(turns.lanes((ALL_DUE if due is None else due).get))


def test_what_people_asked_for_is_tried_before_any_window() -> None:
    assert tried(Turns(wave=3)) == [*INTERRUPTING, *IN_WINDOWS]


def test_requests_about_links_and_pushes_take_turns() -> None:
    turns = Turns(wave=3)
    turns.went(Lane.LINKS)
    assert tried(turns)[:2] == [Lane.ASKED, Lane.LINKS]
    turns.went(Lane.ASKED)
    assert tried(turns)[:2] == [Lane.LINKS, Lane.ASKED]


def test_after_three_waves_of_people_a_window_is_tried_first() -> None:
    turns = Turns(wave=3)
    for _ in range(WAVES_IN_A_ROW * 3):
        assert tried(turns)[0] in INTERRUPTING
        turns.went(Lane.ASKED)
    assert turns.window_is_owed
    assert next(turns.lanes(ALL_DUE.get)) in IN_WINDOWS
    turns.went(Lane.BULK)
    assert not turns.window_is_owed


def test_a_window_that_is_owed_and_not_there_is_owed_no_longer() -> None:
    turns = Turns(wave=1)
    turns.went(Lane.ASKED, calls=WAVES_IN_A_ROW)
    assert Lane.ASKED in tried(turns, due={})
    assert not turns.window_is_owed


def test_every_second_window_goes_to_the_lane_whose_oldest_row_is_oldest() -> None:
    turns = Turns(wave=1)
    firsts = []
    for _ in range(4):
        first = next(lane for lane in tried(turns) if lane in IN_WINDOWS)
        firsts.append(first)
        turns.went(first)
        turns.window_ended()
    assert firsts == [Lane.CONTENT, Lane.BULK, Lane.CONTENT, Lane.BULK]


def test_a_window_of_which_nothing_went_out_has_not_had_its_turn() -> None:
    turns = Turns(wave=1, oldest_next=True)
    turns.window_ended()
    assert turns.oldest_next
    turns.went(Lane.CONTENT)
    turns.window_ended()
    assert not turns.oldest_next


def test_a_lane_with_nothing_due_has_no_turn_when_the_oldest_goes() -> None:
    turns = Turns(wave=1, oldest_next=True)
    assert tried(turns, due={Lane.BULK: 3}) == [*INTERRUPTING, Lane.BULK]
