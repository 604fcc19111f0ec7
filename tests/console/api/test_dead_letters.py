"""Dead letters over the API: read, sent again, discarded, let go."""

from tests.builders import STORE
from tests.console.api.calls import IN_STORE, OTHER, STAFF, Console, a_person, call
from tests.fakes.clock import FakeClock
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tillbridge.domain.dead_letters import Box
from tillbridge.domain.people import Role

BODY = f'{{"store_id":"{STORE}"}}'
OLIVIA = a_person(harbour=Role.OWNER, elsewhere=Role.OWNER)


def boxes_of(console: Console) -> FakeDeadLetterBoxes:
    found = console.deps.dead_letters
    assert isinstance(found, FakeDeadLetterBoxes)
    found.put(Box.POS_EVENTS, BODY, "No such product.")
    return found


def test_one_is_read_and_sent_again(console: Console) -> None:
    boxes = boxes_of(console)
    read = call(console, "GET", f"{IN_STORE}/letters", person=OLIVIA).body
    (one,) = read["data"]
    assert (one["queue"], one["why"], one["more"]) == ("pos-events", "No such product.", 0)
    assert (read["more"], read["silent"]) == (False, [])
    asked = {"receipts": [one["receipt"], one["receipt"]]}
    done = call(console, "POST", f"{IN_STORE}/letters/again", person=OLIVIA, body=asked)
    assert done.body == {"done": [one["id"]], "missed": []}
    assert [body for _, body, _ in boxes.sent] == [BODY]
    late = call(console, "POST", f"{IN_STORE}/letters/again", person=OLIVIA, body=asked)
    assert late.body == {"done": [], "missed": [one["id"]]}


def test_one_that_is_let_go_can_be_read_by_others_and_discarded(console: Console) -> None:
    boxes = boxes_of(console)
    (one,) = call(console, "GET", f"{IN_STORE}/letters").body["data"]
    let_go = {"receipts": [one["receipt"]]}
    call(console, "POST", f"{IN_STORE}/letters/look", body=let_go)
    (again,) = call(console, "GET", f"{IN_STORE}/letters", person=OLIVIA).body["data"]
    asked = {"receipts": [again["receipt"]]}
    done = call(console, "POST", f"{IN_STORE}/letters/discard", person=OLIVIA, body=asked)
    assert done.body["done"] == [one["id"]]
    assert boxes.left(Box.POS_EVENTS) == []


def test_a_receipt_of_another_store_or_person_or_of_before_does_nothing(console: Console) -> None:
    boxes = boxes_of(console)
    (one,) = call(console, "GET", f"{IN_STORE}/letters", person=OLIVIA).body["data"]
    asked = {"receipts": [one["receipt"]]}
    there = call(console, "POST", f"/stores/{OTHER}/letters/discard", person=OLIVIA, body=asked)
    assert (there.status, there.body["code"]) == (409, "too_late")
    (made_up,) = [each[:-1] for each in asked["receipts"]]
    wrong = {"receipts": [made_up]}
    refused = call(console, "POST", f"{IN_STORE}/letters/discard", person=OLIVIA, body=wrong)
    assert refused.status == 409
    clock = console.deps.clock
    assert isinstance(clock, FakeClock)
    clock.advance(120)
    late = call(console, "POST", f"{IN_STORE}/letters/discard", person=OLIVIA, body=asked)
    assert late.status == 409
    assert boxes.left(Box.POS_EVENTS) == [BODY]


def test_staff_read_and_do_not_decide(console: Console) -> None:
    boxes_of(console)
    (one,) = call(console, "GET", f"{IN_STORE}/letters", person=STAFF).body["data"]
    asked = {"receipts": [one["receipt"]]}
    for way in ("again", "discard"):
        refused = call(console, "POST", f"{IN_STORE}/letters/{way}", person=STAFF, body=asked)
        assert refused.status == 403
