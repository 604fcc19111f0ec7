"""Reading lists of X-Series: a page at a time, with where the next one begins."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.shape import A_FEW, products_in
from tillbridge.adapters.lightspeed_x.wire import highest_of, version_of
from tillbridge.adapters.pos_session import body_of
from tillbridge.domain.errors import PosDown, PosRefused, Refused
from tillbridge.domain.polling import Cursor

log = logging.getLogger(__name__)

PAGE = 200


def read(calls: LightspeedCalls, ask: Ask) -> Any:
    """Return the JSON of an answer, None of a record that is not there. A read that is refused is PosRefused."""
    try:
        answer = calls.send(ask)
    except Refused as refused:
        raise PosRefused(f"The POS refuses to be read ({refused.said}).") from refused
    return None if answer.status == 404 else body_of(answer)


def versions_of(rows: Iterable[Any]) -> list[int]:
    """Return the versions of a page's rows that can be read, in its order."""
    return [each for each in map(version_of, rows) if each is not None]


def next_cursor(after: Cursor, versions: Sequence[int], highest: int | None) -> Cursor:
    """Return where the page after this one begins: at the last of its versions that may stand on it, and no further
    than the page says that it goes (`highest`), so that one odd number leaves no row out. Raise PosDown when the list
    does not advance."""
    above = [each for each in versions if each > after]
    if not above and len(versions) >= A_FEW:
        raise PosDown("The POS's list of changes does not advance.")
    if not above:
        return Cursor(max(after, highest or 0))
    # A page that says it ends before it begins says nothing.
    end = highest if highest is not None and highest >= above[0] else above[-1]
    return Cursor(min(above[-1], end))


def every(
    calls: LightspeedCalls, path: str, query: Mapping[str, str] | None = None
) -> Iterator[Any]:
    """Yield the records of a short list, page by page until one is empty."""
    after = 0
    while True:
        asked = {**(query or {}), "after": str(after), "page_size": str(PAGE)}
        body = read(calls, Ask("GET", path, query=asked))
        rows = products_in(path, body)
        yield from rows
        highest = highest_of(body)
        last = highest if highest is not None else max(versions_of(rows), default=after)
        if not rows or last <= after:
            return
        after = last


def logged_left_out(path: str, left_out: int) -> int:
    """Return how many rows of a page could not be told, after saying so."""
    if left_out:
        log.error(
            "rows of the POS without an id or a version", extra={"path": path, "rows": left_out}
        )
    return left_out
