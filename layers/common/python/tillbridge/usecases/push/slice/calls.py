"""How a call goes out: when the quota allows it and stock has gone, and again after a 429."""

from collections.abc import Callable, Collection, Iterable

from tillbridge.domain.errors import StoreThrottled
from tillbridge.domain.link import Link, Part
from tillbridge.usecases.push.slice.lost_answers import answer_lost
from tillbridge.usecases.push.slice.session import Session


def with_throttling[R](session: Session, call: Callable[[], R]) -> R:
    """Make a call when the quota allows it and stock has gone, and repeat it after each 429. Raise
    OutOfTime when the slice ends before the call gets through."""
    while True:
        session.wait_for_quota()
        try:
            with session.way.call():
                return call()
        except StoreThrottled as throttled:
            session.need_time(throttled.wait)
            session.deps.clock.sleep(throttled.wait)
        finally:
            session.calls.keep()


def write[R](
    session: Session, links: Iterable[Link], parts: Collection[Part], call: Callable[[], R]
) -> R:
    """Make a call that writes these parts of these links' products, as `with_throttling` does. Where
    its answer was lost, though it was repeated, have it looked for later. Without parts nothing is:
    whenever the call comes, it changes nothing that the POS may take back."""
    before = session.api.unanswered()
    try:
        return with_throttling(session, call)
    finally:
        if parts and session.api.unanswered() > before:
            answer_lost(session, links, parts)
