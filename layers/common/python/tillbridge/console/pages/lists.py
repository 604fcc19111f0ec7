"""The POS view and the Web view."""

import json
from collections.abc import Mapping
from functools import partial
from hashlib import sha256

from tillbridge.console import store_words, words
from tillbridge.console.pages.answers import asked, filled, see_other
from tillbridge.console.pages.notes import notes_of, remedies_of
from tillbridge.console.render import address, commands_plain, page, span
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.causes import cause_of
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Right
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, WEB, RowState
from tillbridge.usecases.console import compare_sides, list_products, rows_now
from tillbridge.usecases.console.deps import ConsoleDeps

LONGEST_SEARCH = 200
MOST_POLLED = 50
LONGEST_CAUSE = 64
WAITING = "waiting"
TROUBLED = (RowState.FAILED, RowState.BROKEN, RowState.LEFT_OUT)


def pos_view(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the products of the POS."""
    return _view(visit, deps, POS)


def web_view(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the products of BigCommerce."""
    return _view(visit, deps, WEB)


def question_of(text: str, status: str, cause: str = "") -> Question:
    """Return what a view is asked: the text of its search, the status that was chosen and, of a status that tells
    of trouble, the code of one cause."""
    state = RowState(status) if status in set(RowState) else None
    cause = cause[:LONGEST_CAUSE] if state in TROUBLED else ""
    return Question(" ".join(text.split())[:LONGEST_SEARCH], state, cause)


def rows(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Return how some rows stand now, as JSON: for a page that shows rows which wait."""
    side = WEB if asked(visit, "side") == WEB else POS
    ids = tuple(visit.query.get("id", ()))[:MOST_POLLED]
    found = rows_now.rows_now(deps, visit.store, side, ids)
    return as_json(visit, {"rows": [_now(visit, each) for each in found]})


def as_json(visit: Visit, content: Mapping[str, object]) -> Answer:
    """Return JSON with its tag, or 304 where the page has it already."""
    body = json.dumps(content)
    tag = f'"{sha256(body.encode()).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if visit.headers.get("if-none-match") == tag:
        return Answer(status=304, headers=headers)
    return Answer(body, content_type="application/json", headers=headers)


def compare(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Ask for a comparison of both sides, and return to the list."""
    full = filled(visit, "what") == "all"
    compare_sides.compare_sides(deps, visit.person, visit.store, full=full)
    if filled(visit, "from") == "first-day":
        return see_other(address(visit.store, "first-day", said="comparing_all"))
    side = WEB if filled(visit, "side") == WEB else POS
    said = "comparing_all" if full else "comparing"
    if filled(visit, "from") == "overview":
        return see_other(address(visit.store, said=said))
    return see_other(address(visit.store, side, said=said))


def _view(visit: Visit, deps: ConsoleDeps, side: str) -> Answer:
    filters = words.FILTERS[side]
    status = asked(visit, "status") if asked(visit, "status") in filters else "all"
    question = question_of(asked(visit, "q"), status, asked(visit, "cause"))
    lane = _lane(asked(visit, "lane")) if status == WAITING else None
    backwards = asked(visit, "sort") == "-name"
    here = {"q": question.text, "status": status, "sort": "-name" if backwards else ""}
    here |= {"lane": lane.value if lane else "", "cause": question.cause}
    try:
        listed = list_products.list_products(
            deps,
            visit.store,
            side,
            question,
            after=asked(visit, "after"),
            before=asked(visit, "before"),
            backwards=backwards,
            lane=lane,
        )
    except BadCursor:
        return see_other(address(visit.store, side, said="list_changed", **here))
    may_act = visit.person.may(Right.ACT, visit.store)
    return Answer(
        page(
            "list.html",
            visit,
            tab="products",
            connection=listed.connection,
            listed=listed,
            side=side,
            sides=words.SIDES,
            filters=filters,
            lanes=words.LANES,
            asked=here,
            all=bool(asked(visit, "all")) and may_act and status != WAITING,
            said=words.SAID.get(asked(visit, "said")),
            cause_words=_cause_words(question),
            may_look=words.MAY_LOOK,
            status_of=words.status_of,
            lane_words=words.lane_words,
            notes_of=notes_of,
            remedies_of=partial(remedies_of, visit.store),
        )
    )


def _cause_words(question: Question) -> str:
    """Return the cause that a list is of, in words; "" where it is of none."""
    if question.state is None or not question.cause:
        return ""
    return store_words.title_of(cause_of(question.state, question.cause))


def _lane(text: str) -> Lane:
    return Lane(text) if text in words.LANES else Lane.ASKED


def _now(visit: Visit, shown: list_products.Shown) -> Mapping[str, object]:
    now_ms = visit.now_ms
    status = words.status_of(shown)
    waiting = shown.waiting
    may_act = visit.person.may(Right.ACT, visit.store)
    remedies = remedies_of(visit.store, shown) if may_act else ()
    time = "never"
    if waiting:
        time = f"{span((now_ms - waiting.since_ms) / 1_000)}, {words.lane_words(waiting.lane)}"
    elif shown.row.synced_ms:
        # By our clock, not the reader's: theirs may be an hour off.
        time = f"{span((now_ms - shown.row.synced_ms) / 1_000)} ago"
    return {
        "id": shown.row.id,
        "word": status.word,
        "icon": status.icon,
        "look": status.look,
        "beside": status.beside,
        "waits": waiting is not None,
        "time": time,
        "notes": [commands_plain(each) for each in notes_of(shown)],
        "remedies": [
            {"words": each.words, "icon": each.icon, "value": each.value, "href": each.href}
            for each in remedies
        ],
    }
