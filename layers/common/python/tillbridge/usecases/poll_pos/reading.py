"""Reading a vendor's feed: page by page, from a cursor, to where it may end."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tillbridge.domain.errors import NeedsAttention, PosDown, RetryLater
from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.polling import Cursor
from tillbridge.domain.versions import version_of
from tillbridge.ports.pos_source import SourcePage
from tillbridge.usecases.poll_pos.session import PollSession

LEVELS = "levels"
ITEMS = "items"
"""The feeds' names, in `PollState.page_sizes`."""


@dataclass(slots=True)
class Feed[P: (ItemPart, LevelPart)]:
    """What was read of a feed. `pages` with the cursors after which they came; `at`: where it is read on. `ended`: an
    empty page was seen. `caught_up`: the last page was short, so that no more is to be had just now. `trouble`: what
    the source raised; what came before it counts."""

    at: Cursor
    pages: list[tuple[Cursor, tuple[P, ...]]] = field(default_factory=list)
    ended: bool = False
    caught_up: bool = False
    trouble: RetryLater | NeedsAttention | None = None

    @property
    def parts(self) -> list[P]:
        """All rows, in the order in which they came."""
        return [part for _, parts in self.pages for part in parts]


def read_feed[P: (ItemPart, LevelPart)](
    poll: PollSession,
    name: str,
    ask: Callable[[Cursor], SourcePage[P]],
    after: Cursor,
    most: int,
    *,
    beyond: Cursor = Cursor(0),  # noqa: B008 - an int
    to_end: bool = False,
) -> Feed[P]:
    """Read at most `most` pages. Vendors cap pages as they like, so one that is shorter than the longest they ever gave is no
    end; but more of it waits for the next poll, unless the feed is not `beyond` a cursor yet or is to be read
    `to_end`, as a walk does as far as its share of the quota goes. Versions are put into the account's epoch."""
    feed: Feed[P] = Feed(after)
    longest = poll.state.page_sizes.get(name, 0)
    while len(feed.pages) < most:
        try:
            page = _next_page(ask, feed.at)
        except (RetryLater, NeedsAttention) as trouble:
            feed.trouble = trouble
            break
        poll.record.pages += 1
        if not page.rows:
            feed.at = max(feed.at, page.next)
            feed.ended = feed.caught_up = True
            break
        parts = tuple(in_account(poll, each) for each in page.parts)
        poll.record.parts += len(parts)
        feed.pages.append((feed.at, parts))
        feed.at = page.next
        short, longest = page.rows < longest, max(longest, page.rows)
        if short and not to_end and feed.at >= beyond:
            feed.caught_up = True
            break
        if poll.is_over() or (to_end and poll.leaves_quota()):
            break
    if longest > poll.state.page_sizes.get(name, 0):
        poll.note(page_sizes={**poll.state.page_sizes, name: longest})
    return feed


def _next_page[P: (ItemPart, LevelPart)](
    ask: Callable[[Cursor], SourcePage[P]], at: Cursor
) -> SourcePage[P]:
    page = ask(at)
    if page.rows and page.next <= at:
        raise PosDown("The POS's list of changes does not go on. Tillbridge tries again.")
    return page


def in_account[P: (ItemPart, LevelPart)](poll: PollSession, part: P) -> P:
    """Return a part with its version in the account's epoch."""
    return replace(part, version=version_of(poll.account.epoch, part.version))
