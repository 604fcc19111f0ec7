"""When a message is given up, with a reason, instead of returning to its queue once more.

A message that only has to wait may return as often as its queue keeps it, so the queue's own count of
receives says nothing of bugs: a message that failed on one in its fifth receive is put apart. Nor does
it say who killed the function, which takes the whole batch back. So from the fifth receive on a message
is worked on alone, after its neighbours, and noted meanwhile: one whose notes were left behind five
times is put apart too."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tillbridge.domain.errors import SavedByNewer, UnreadableStore
from tillbridge.ports.begun import Begun
from tillbridge.ports.dead_letters import DeadLetters

type Record = dict[str, Any]
"""A message as Lambda hands it over."""

MOST_RECEIVES = 5
"""In this receive of a message, a bug is no accident; nor is a function that was killed so often."""

_AGAIN = "Report it, and send the message again once it is mended."

log = logging.getLogger(__name__)


class _Killed(Exception):
    """Work on a message never ended, five times."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """How a function gives up messages: where they go, and the notes of the work on those that
    returned often."""

    dead_letters: DeadLetters
    begun: Begun

    def work(self, record: Record, work: Callable[[Record], object]) -> None:
        """Call `work`, noted where the message returned often. Raise what it raises, or what
        `gives_up` knows instead of calling it once more."""
        if not returned_often(record):
            work(record)
            return
        receive = record["messageId"], _receives(record)
        if self.begun.begin(*receive) >= MOST_RECEIVES:
            raise _Killed
        trouble: Exception | None = None
        try:
            work(record)
        except Exception as failed:  # noqa: BLE001 - raised again once the note is gone
            trouble = failed
        with suppress(Exception):  # a note too many does harm only when it happens five times
            self.begun.end(*receive)
        if trouble is not None:
            raise trouble

    def gives_up(self, record: Record, trouble: Exception) -> bool:
        """Put a message that failed on a bug apart, if it did so often enough, and return whether it
        lies there."""
        if isinstance(trouble, UnreadableStore | SavedByNewer):
            return False  # it waits for a person, who then need not send it again
        if not returned_often(record):
            return False
        try:
            self.dead_letters.put(record["body"], _reason(trouble))
        except Exception:  # then it returns once more, which is no worse
            log.exception("message cannot be put apart", extra={"message_id": record["messageId"]})
            return False
        return True


def returned_often(record: Record) -> bool:
    """Return whether a message was received so often that it is worked on alone."""
    return _receives(record) >= MOST_RECEIVES


def _receives(record: Record) -> int:
    return int(record["attributes"]["ApproximateReceiveCount"])


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, _Killed):
        return (
            f"Tillbridge ran out of time or memory on this message {MOST_RECEIVES} times, when it "
            f"worked on nothing else. {_AGAIN}"
        )
    return (
        f"Tillbridge failed on this message {MOST_RECEIVES} times, by a mistake of its own "
        f"({type(trouble).__name__}: {trouble}). {_AGAIN}"
    )
