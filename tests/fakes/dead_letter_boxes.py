"""The dead-letter queues in memory; they keep the promises of `tillbridge.ports.dead_letter_boxes`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import RLock

from tests.fakes.clock import FakeClock
from tillbridge.domain.dead_letters import HIDDEN_S, IN_LINES, Box, DeadLetter
from tillbridge.domain.errors import RetryLater
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letter_boxes import AT_ONCE


@dataclass
class _Kept:
    letter: DeadLetter
    hidden_until_ms: int = 0


@dataclass
class FakeDeadLetterBoxes:
    """`sent` is for assertions: queue, body and group, in the order of sending. `silent`: queues that do not
    answer. `dies`: sending kills the caller afterwards, as often as it says. `polls`: whether a POS is polled."""

    clock: Clock = field(default_factory=FakeClock)
    sent: list[tuple[Box, str, str]] = field(default_factory=list)
    silent: set[Box] = field(default_factory=set)
    dies: int = 0
    polls: bool = True

    def __post_init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._again: set[tuple[Box, str]] = set()
        self._lock = RLock()
        self._number = 0

    def put(
        self,
        box: Box,
        body: str,
        reason: str = "",
        *,
        group: str = "",
        sent_ms: int = 0,
        meant_for: Box | None = None,
    ) -> str:
        """Put a dead letter there, and return its id."""
        with self._lock:
            self._number += 1
            letter = DeadLetter(
                box,
                f"m-{self._number}",
                "",
                body,
                sent_ms or self.clock.now_ms(),
                5,
                reason,
                group,
                meant_for,
            )
            self._kept[letter.id] = _Kept(letter)
            return letter.id

    def left(self, box: Box) -> list[str]:
        """Return the bodies of what lies in a queue, hidden or not."""
        return [each.letter.body for each in self._kept.values() if each.letter.box is box]

    def boxes(self) -> Sequence[Box]:
        return [box for box in Box if self.polls or box is not Box.POS_POLLS]

    def receive(self, box: Box) -> Sequence[DeadLetter]:
        with self._lock:
            self._ask(box)
            now, found = self.clock.now_ms(), list[DeadLetter]()
            hidden = {
                each.letter.group
                for each in self._kept.values()
                if each.letter.box is box and each.hidden_until_ms > now
            }
            for id_, kept in self._kept.items():
                letter = kept.letter
                blocked = box in IN_LINES and letter.group in hidden
                if letter.box is not box or kept.hidden_until_ms > now or blocked:
                    continue
                received = letter.received + 1
                kept.letter = replace(letter, received=received, receipt=f"{id_}/{received}")
                kept.hidden_until_ms = now + HIDDEN_S * 1_000
                found.append(kept.letter)
                if len(found) == AT_ONCE:
                    break
            return found

    def show_again(self, letters: Sequence[DeadLetter]) -> None:
        with self._lock:
            for letter in letters:
                self._ask(letter.box)
                if (kept := self._held(letter)) is not None:
                    kept.hidden_until_ms = 0

    def send(self, letter: DeadLetter, to: Box) -> None:
        with self._lock:
            self._ask(to)
            repeat = to in IN_LINES and (to, letter.id) in self._again
            self._again.add((to, letter.id))
            if not repeat:
                self.sent.append((to, letter.body, letter.group))
            if self.dies:
                self.dies -= 1
                raise KeyboardInterrupt

    def delete(self, letter: DeadLetter) -> bool:
        with self._lock:
            self._ask(letter.box)
            if self._held(letter) is None:
                return False
            del self._kept[letter.id]
            return True

    def _held(self, letter: DeadLetter) -> _Kept | None:
        kept = self._kept.get(letter.id)
        held = kept is not None and kept.letter.receipt == letter.receipt != ""
        if not held or kept is None or kept.hidden_until_ms <= self.clock.now_ms():
            return None
        return kept

    def _ask(self, box: Box) -> None:
        if box in self.silent:
            raise RetryLater("The queue does not answer. Try again.")
