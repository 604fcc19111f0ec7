"""People read dead letters, send them again to the queue they came from, or discard them.

A look hides what it shows for two minutes, so that no two people decide about the same; what it does not show is
there for others at once. Sent again, a dead letter is put into its queue first and deleted then: whoever dies
between the two sends it twice, which does no harm, for events stand by their ids, signals say nothing and parts
mark the same rows."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Protocol

from tillbridge.domain.dead_letters import (
    HIDDEN_S,
    Box,
    DeadLetter,
    goes_to,
    instead,
    kind_of,
    readable,
    store_of,
    why_there,
)
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letter_boxes import DeadLetterBoxes

A_LOOK = 25
"""Dead letters that a look shows."""

ROUNDS = 10
"""Calls in which a look reads a queue: a hundred dead letters."""

ROUNDS_TO_FIND = 100
"""Calls in which one is looked for that is to be sent again."""

MOST_SHOWN = 4_000
"""Characters of a body that are shown."""

type Whose = Callable[[StoreId | None], bool]
"""Whether a person may see dead letters of a store; None is no store."""

log = logging.getLogger(__name__)


class LetterDeps(Protocol):
    """What it takes to read dead letters."""

    @property
    def dead_letters(self) -> DeadLetterBoxes:
        """Return the queues of dead letters."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the time."""
        ...


@dataclass(frozen=True, slots=True)
class SeenLetter:
    """A dead letter as it is shown. `letter` has no body any more; `text` is the beginning of it, `more` the
    characters that follow; `instead`: what to do with one that cannot be sent again."""

    letter: DeadLetter
    store: StoreId | None
    kind: str
    why: str
    instead: str
    text: str
    more: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found, oldest first. `more`: there are more, or may be; `silent`: queues that did not answer;
    `until_ms`: how long what is shown is hidden from others (epoch ms)."""

    letters: Sequence[SeenLetter]
    more: bool
    silent: Sequence[Box]
    until_ms: int


@dataclass(slots=True)
class Decided:
    """Dead letters about which somebody decided: those that are done with, and those that were not there any
    more, or that somebody else reads."""

    done: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def look(deps: LetterDeps, whose: Whose) -> Looked:
    """Return the dead letters that a person may see, and hide them from others for HIDDEN_S seconds."""
    until_ms = deps.clock.now_ms() + HIDDEN_S * 1_000
    boxes = deps.dead_letters.boxes()
    with ThreadPoolExecutor(len(boxes), thread_name_prefix="look") as pool:
        found = list(pool.map(lambda box: _look_into(deps.dead_letters, box, whose), boxes))
    letters = sorted(
        (each for one in found for each in one.mine), key=lambda each: each.letter.sent_ms
    )
    silent = {box for box, one in zip(boxes, found, strict=True) if one.silent}
    silent |= _show_again(deps.dead_letters, [each.letter for each in letters[A_LOOK:]])
    more = len(letters) > A_LOOK or any(one.full for one in found)
    return Looked(letters[:A_LOOK], more, sorted(silent), until_ms)


def hold(deps: LetterDeps, ids: Collection[str], whose: Whose) -> Sequence[DeadLetter]:
    """Return the dead letters of these ids, whole, from whatever queue, hidden from others for HIDDEN_S seconds;
    those that are not there, that somebody else reads, or that the person may not see are left out. A queue that
    does not answer holds none."""
    boxes = deps.dead_letters.boxes()
    with ThreadPoolExecutor(len(boxes), thread_name_prefix="look") as pool:
        found = pool.map(lambda box: _held(deps.dead_letters, box, ids, whose), boxes)
        return [letter for some in found for letter in some]


def show_again(deps: LetterDeps, held: Sequence[DeadLetter]) -> None:
    """End the hiding of dead letters that somebody has read."""
    _show_again(deps.dead_letters, held)


def send_again(deps: LetterDeps, held: Sequence[DeadLetter], by: str) -> Decided:
    """Send dead letters that somebody reads to the queues they came from, and delete them. `by`: who, for the
    log. May raise RetryLater; what was done by then is done."""
    boxes, decided = deps.dead_letters, Decided()
    # SQS gives a body out only with the message, so each is received once more.
    boxes.show_again(held)
    for box, ids in _ids_by_box(held):
        _send_again(boxes, box, ids, by, decided)
    decided.missed += [each.id for each in held if each.id not in decided.done]
    return decided


def discard(deps: LetterDeps, held: Sequence[DeadLetter], by: str) -> Decided:
    """Delete dead letters that somebody reads, for good. `by`: who, for the log. May raise RetryLater."""
    decided = Decided()
    for letter in held:
        gone = deps.dead_letters.delete(letter)
        (decided.done if gone else decided.missed).append(letter.id)
        if gone:
            _note("dead letter discarded", letter, by)
    return decided


@dataclass(slots=True)
class _Found:
    mine: list[SeenLetter] = field(default_factory=list)
    silent: bool = False
    full: bool = False


def _look_into(boxes: DeadLetterBoxes, box: Box, whose: Whose) -> _Found:
    """Read one queue, and show at once again what is not to be seen."""
    found, others = _Found(), list[DeadLetter]()
    try:
        for count, letters in enumerate(_received(boxes, box, ROUNDS), start=1):
            found.full = count == ROUNDS
            for letter in letters:
                store, bare = store_of(letter), replace(letter, body="")
                if whose(store):
                    found.mine.append(_seen(letter, bare, store))
                else:
                    others.append(bare)
    except RetryLater:
        found.silent = True
    found.silent |= bool(_show_again(boxes, others))
    return found


def _held(
    boxes: DeadLetterBoxes, box: Box, ids: Collection[str], whose: Whose
) -> Sequence[DeadLetter]:
    wanted, others = list[DeadLetter](), list[DeadLetter]()
    with suppress(RetryLater):
        for letters in _received(boxes, box, ROUNDS_TO_FIND):
            for letter in letters:
                if letter.id in ids and whose(store_of(letter)):
                    wanted.append(letter)
                else:
                    others.append(replace(letter, body=""))
            if len(wanted) == len(ids):
                break
    _show_again(boxes, others)
    return wanted


def _seen(letter: DeadLetter, bare: DeadLetter, store: StoreId | None) -> SeenLetter:
    text, more = readable(letter.body, MOST_SHOWN)
    return SeenLetter(bare, store, kind_of(letter), why_there(letter), instead(letter), text, more)


def _received(boxes: DeadLetterBoxes, box: Box, rounds: int) -> Iterator[Sequence[DeadLetter]]:
    for _ in range(rounds):
        letters = boxes.receive(box)
        if not letters:
            return
        yield letters


def _send_again(
    boxes: DeadLetterBoxes, box: Box, ids: Collection[str], by: str, decided: Decided
) -> None:
    """Receive until these are found, or nothing comes any more, and send each on; the others are shown again."""
    left, others = set(ids), list[DeadLetter]()
    try:
        for letters in _received(boxes, box, ROUNDS_TO_FIND):
            others += [replace(each, body="") for each in letters]
            for letter in sorted(letters, key=lambda each: each.sent_ms):
                to = goes_to(letter)
                if letter.id not in left or to is None:
                    continue
                boxes.send(letter, to)
                boxes.delete(letter)
                left.remove(letter.id)
                decided.done.append(letter.id)
                _note("dead letter sent again", letter, by)
            if not left:
                break
    finally:
        _show_again(boxes, [each for each in others if each.id not in decided.done])


def _show_again(boxes: DeadLetterBoxes, letters: Sequence[DeadLetter]) -> set[Box]:
    """Show dead letters again, and return the queues that did not answer: theirs come back two minutes later."""
    silent = set[Box]()
    for box, some in groupby(sorted(letters, key=lambda each: each.box), key=lambda each: each.box):
        try:
            boxes.show_again(list(some))
        except RetryLater:
            silent.add(box)
    return silent


def _ids_by_box(held: Iterable[DeadLetter]) -> Iterator[tuple[Box, set[str]]]:
    for box, some in groupby(sorted(held, key=lambda each: each.box), key=lambda each: each.box):
        yield box, {each.id for each in some}


def _note(what: str, letter: DeadLetter, by: str) -> None:
    log.info(what, extra={"queue": letter.box.value, "message_id": letter.id, "by": by})
