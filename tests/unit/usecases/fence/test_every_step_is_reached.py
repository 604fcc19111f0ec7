"""No step of a push is without a story, so that a new one gets its case."""

from tests.steps import steps
from tests.unit.usecases.fence.cases import REACHED

OF_NO_PRODUCT = {
    "drain", "_turn", "_push_levels", "_answer", "_push_content", "_lane", "_let_others_go",
    "_stock_may_go", "_wait_for_quota", "_windows_due", "is_due", "people_wait", "let_people_go",
    "between_pages", "due_rows", "retry_images", "next_window", "small_window", "_had_its_share", "_begin_with_after", "_left_to_requests", "_full_calls", "push_stock", "with_throttling", "blame_these",
    "_blame_these", "store_index", "drain_guarded", "_probe", "is_guarded", "_too_many", "_read_on", "_has_room", "_list_unknown", "_make_categories",
}  # fmt: skip
"""Steps that are about the store or the slice: what fails there makes the store wait, in words."""

RARE = {
    "look_again_ms", "_explain",
    "_note_failing", "_claims", "_free", "_lets_go", "_content_done",
    "_unstocked_link", "_value", "_images_wait", "_nothing_to_send",
    "_frees_its_sku", "_whole", "_without_content", "_refused_by_pos", "_tombstone", "read_back",
    "_as_seen", "as_planned", "_unnamed", "_told", "_plan_of", "_unread", "_wrong", "_note", "_taken", "_levels", "answer_lost", "may_come_late",
    "await_newer", "_retry", "_lacks_images", "_keep_before",
}  # fmt: skip
"""Steps that run inside the fence of another step that a story reaches."""


OF_LOOKS = {
    "look", "_look", "_busy", "_is_last", "_judge", "_judge_fenced", "_links", "_look_next", "_looked", "_number", "_rewrite",
}  # fmt: skip
"""Steps of the look lane, whose fence has its own test (test_push_late_writes.py)."""


OF_ORDERS = {
    "with_certain_debts",
    "_ask", "acknowledge_rows", "_began_to_count", "_but_expected", "_by_holder", "_counted_since", "_counts", "_entries", "_first_cursor", "_given_up",
    "_has_levels", "_with_links", "_is_news", "_judged", "_keep", "_lacks_holder", "_let_levels_go",
    "_look_later", "_looks", "_may_raise", "_moved", "_note_odd", "_now_linked", "_of", "_online",
    "_sells", "_settle", "_tell", "are_old", "ask_again", "be_fresh", "follow_hints", "hint_at_refunded", "holders_of",
    "judge_again", "look_at_moved", "look_later", "look_twice", "mark_moved", "note_orders",
    "of_the_store", "open_lines", "read_orders", "tell_news", "try_again", "with_orders",
}  # fmt: skip
"""Steps of web orders, which only a store has that reads them; their fences have their own test
(test_push_web_orders_fence.py, test_push_tells_others.py)."""


OF_A_CANARY = {"_go_on", "canary_round"}
"""Steps of a canary, which few stores have; a fault in them has its own test (test_push_canary.py)."""


def unreached() -> set[str]:
    reached = {step for found in REACHED.values() for step in found}
    push = [step for step in steps() if ".usecases.push" in step.place]
    return {step.name for step in push if step not in reached}


def test_every_step_of_a_push_is_reached_by_a_story_or_named_here() -> None:
    assert unreached() - OF_NO_PRODUCT - RARE - OF_LOOKS - OF_ORDERS - OF_A_CANARY == set()


def test_no_step_is_named_here_that_a_story_reaches_or_that_is_gone() -> None:
    assert (OF_NO_PRODUCT | RARE | OF_LOOKS | OF_ORDERS | OF_A_CANARY) - unreached() == set()
