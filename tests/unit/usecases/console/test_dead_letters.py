"""People read dead letters, send them again, or discard them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tillbridge.domain.dead_letters import Box, DeadLetter
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.console.dead_letters import (
    A_LOOK,
    Looked,
    discard,
    look,
    send_again,
    show_again,
)

HARBOUR, QUAY = StoreId("harbour"), StoreId("quay")


@dataclass
class Deps:
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.dead_letters = FakeDeadLetterBoxes(self.clock)


@pytest.fixture
def deps() -> Deps:
    return Deps()


def of(store: str, name: str = "") -> str:
    return json.dumps({"store_id": store, "name": name})


def only(store: StoreId | None) -> Callable[[StoreId | None], bool]:
    return lambda of_letter: of_letter == store


def held(looked: Looked) -> list[DeadLetter]:
    return [each.letter for each in looked.letters]


def test_a_look_shows_those_of_the_store_from_all_queues_oldest_first(deps: Deps) -> None:
    deps.dead_letters.put(Box.STORE_WORK, of("harbour"), group="harbour", sent_ms=5)
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour"), "No such thing.", sent_ms=3)
    deps.dead_letters.put(Box.POS_EVENTS, of("quay"), sent_ms=4)
    deps.dead_letters.put(Box.POS_EVENTS, "{not json", sent_ms=1)

    looked = look(deps, only(HARBOUR))

    assert [(each.letter.box, each.letter.sent_ms) for each in looked.letters] == [
        (Box.POS_EVENTS, 3),
        (Box.STORE_WORK, 5),
    ]
    assert looked.letters[0].why == "No such thing."
    assert looked.until_ms == deps.clock.now_ms() + 120_000
    assert (looked.more, list(looked.silent)) == (False, [])


def test_my_look_hides_nothing_from_the_owner_of_another_store(deps: Deps) -> None:
    for number in range(30):
        deps.dead_letters.put(Box.POS_EVENTS, of(("harbour", "quay")[number % 2]))
    mine = look(deps, only(HARBOUR))
    theirs = look(deps, only(QUAY))
    assert (len(mine.letters), len(theirs.letters)) == (15, 15)


def test_what_i_read_is_hidden_from_my_colleague_for_two_minutes(deps: Deps) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour"))
    assert len(look(deps, only(HARBOUR)).letters) == 1
    assert not look(deps, only(HARBOUR)).letters
    deps.clock.advance(120)
    assert len(look(deps, only(HARBOUR)).letters) == 1


def test_what_does_not_fit_a_look_is_there_for_others(deps: Deps) -> None:
    for number in range(100):
        deps.dead_letters.put(Box.POS_EVENTS, of("harbour", str(number)), sent_ms=number + 1)
    first = look(deps, only(HARBOUR))
    assert (len(first.letters), first.more) == (A_LOOK, True)
    assert first.letters[0].letter.sent_ms == 1
    second = look(deps, only(HARBOUR))
    assert second.letters[0].letter.sent_ms == A_LOOK + 1


def test_behind_a_hundred_of_others_there_may_be_more(deps: Deps) -> None:
    for _ in range(100):
        deps.dead_letters.put(Box.POS_EVENTS, of("quay"))
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour"))
    looked = look(deps, only(HARBOUR))
    assert (len(looked.letters), looked.more) == (0, True)


def test_a_queue_that_does_not_answer_says_so_and_hides_no_other(deps: Deps) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour"))
    deps.dead_letters.silent = {Box.IMPORTS}
    looked = look(deps, only(HARBOUR))
    assert len(looked.letters) == 1
    assert list(looked.silent) == [Box.IMPORTS]


def test_a_megabyte_is_not_carried_about(deps: Deps) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, json.dumps({"store_id": "harbour", "x": "y" * 2**20}))
    (letter,) = look(deps, only(HARBOUR)).letters
    assert letter.letter.body == ""
    assert len(letter.text) == 4_000
    assert letter.more > 1_000_000


def test_sent_again_it_goes_to_its_queue_whole_and_is_gone(deps: Deps) -> None:
    body = json.dumps({"store_id": "harbour", "x": "y" * 10_000})
    deps.dead_letters.put(Box.POS_EVENTS, body, "Refused.")
    deps.dead_letters.put(Box.POS_EVENTS, of("quay"))
    decided = send_again(deps, held(look(deps, only(HARBOUR))), "Olivia")
    assert (len(decided.done), decided.missed) == (1, [])
    assert deps.dead_letters.sent == [(Box.POS_EVENTS, body, "")]
    assert deps.dead_letters.left(Box.POS_EVENTS) == [of("quay")]
    assert len(look(deps, only(QUAY)).letters) == 1


def test_each_of_a_line_goes_to_its_own_group(deps: Deps) -> None:
    for store in ("harbour", "quay", "harbour"):
        deps.dead_letters.put(Box.STORE_WORK, of(store), group=store)
    send_again(deps, held(look(deps, lambda _: True)), "Olivia")
    assert sorted(group for _, _, group in deps.dead_letters.sent) == ["harbour", "harbour", "quay"]
    assert deps.dead_letters.left(Box.STORE_WORK) == []


def test_whoever_dies_between_the_two_loses_nothing(deps: Deps) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour"))
    deps.dead_letters.put(Box.STORE_WORK, of("harbour"), group="harbour")
    deps.dead_letters.dies = 1
    with pytest.raises(KeyboardInterrupt):
        send_again(deps, held(look(deps, only(HARBOUR))), "Olivia")
    deps.clock.advance(120)
    send_again(deps, held(look(deps, only(HARBOUR))), "Olivia")
    to = [box for box, _, _ in deps.dead_letters.sent]
    assert to.count(Box.POS_EVENTS) in (1, 2)  # a second time it is the same event
    assert to.count(Box.STORE_WORK) == 1
    assert not deps.dead_letters.left(Box.POS_EVENTS)
    assert not deps.dead_letters.left(Box.STORE_WORK)


def test_what_a_colleague_has_sent_meanwhile_is_missed_and_not_sent_twice(deps: Deps) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour"))
    mine = held(look(deps, only(HARBOUR)))
    show_again(deps, mine)
    send_again(deps, held(look(deps, only(HARBOUR))), "Sam")
    decided = send_again(deps, mine, "Olivia")
    assert (decided.done, decided.missed) == ([], [mine[0].id])
    assert len(deps.dead_letters.sent) == 1


def test_one_that_cannot_be_sent_again_stays(deps: Deps) -> None:
    deps.dead_letters.put(Box.UNDELIVERED, '{"full": false}')
    decided = send_again(deps, held(look(deps, only(None))), "Olivia")
    assert (decided.done, len(decided.missed)) == ([], 1)
    assert deps.dead_letters.left(Box.UNDELIVERED) == ['{"full": false}']


def test_a_queue_that_takes_nothing_leaves_the_dead_letter_where_it_is(deps: Deps) -> None:
    deps.dead_letters.put(Box.UNDELIVERED, of("harbour"), meant_for=Box.REQUESTS)
    looked = look(deps, only(HARBOUR))
    deps.dead_letters.silent = {Box.REQUESTS}
    with pytest.raises(RetryLater):
        send_again(deps, held(looked), "Olivia")
    deps.dead_letters.silent = set()
    assert len(look(deps, only(HARBOUR)).letters) == 1


def test_discarded_it_is_gone_and_nothing_is_sent(deps: Deps) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour", "one"))
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour", "two"))
    looked = look(deps, only(HARBOUR))
    assert len(discard(deps, held(looked)[:1], "Olivia").done) == 1
    assert deps.dead_letters.sent == []
    assert deps.dead_letters.left(Box.POS_EVENTS) == [of("harbour", "two")]


def test_the_receipt_of_an_old_look_discards_nothing(deps: Deps) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour"))
    looked = look(deps, only(HARBOUR))
    deps.clock.advance(120)
    assert discard(deps, held(looked), "Olivia").missed == [looked.letters[0].letter.id]
    assert len(look(deps, only(HARBOUR)).letters) == 1


def test_the_log_says_who_decided_and_of_no_body(
    deps: Deps, caplog: pytest.LogCaptureFixture
) -> None:
    deps.dead_letters.put(Box.POS_EVENTS, of("harbour", "secret"))
    with caplog.at_level("INFO"):
        discard(deps, held(look(deps, only(HARBOUR))), "Olivia")
    (record,) = [each for each in caplog.records if each.message == "dead letter discarded"]
    assert (record.by, record.queue) == ("Olivia", "pos-events")  # type: ignore[attr-defined]  # of the log's extra
    assert "secret" not in str(record.__dict__)
