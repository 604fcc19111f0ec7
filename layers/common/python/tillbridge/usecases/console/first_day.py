"""The first day of a store: how far it is, and which products of the two sides are probably one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import BadCursor, UnknownStore
from tillbridge.domain.field_policy import FieldPolicy
from tillbridge.domain.fields import Field
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.first_day import FirstDay, first_day_of, has_first_day
from tillbridge.domain.ids import StoreId
from tillbridge.domain.money_words import money
from tillbridge.domain.people import MOST_OF_STAFF, Person, Right
from tillbridge.domain.run import Run
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow
from tillbridge.usecases.console.deps import ConsoleDeps

_NEWEST = 20
"""Runs and jobs that are looked at: one of an older day is not of the first."""

A_PAGE = 50
"""Pairs of a page."""


@dataclass(frozen=True, slots=True)
class Day:
    """A store and how far its first day is."""

    connection: Connection
    first_day: FirstDay


@dataclass(frozen=True, slots=True)
class Effect:
    """What the first push after a link does to a value: what is online, and what takes its place. `lost`: by
    nothing."""

    field: str
    was: str
    becomes: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A product of each side that are probably one. `evidence`: 'SKU' or 'name'. `sure`: the evidence is strong and nothing speaks against it; `against`: what does. `linked`: they were linked
    meanwhile, or one of them was."""

    pos: ViewRow
    web: ViewRow
    evidence: str
    sure: bool
    effects: tuple[Effect, ...]
    against: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """A page of pairs. `after`: where the next begins, '' at the end; `found`: pairs in all."""

    connection: Connection
    run: Run
    pairs: tuple[Pair, ...]
    after: str
    found: int


def show(deps: ConsoleDeps, store: StoreId) -> Day:
    """Return how far the first day of a store is, in three requests. Raise UnknownStore."""
    connection = _connected(deps, store)
    runs = deps.runs.recent(store, _NEWEST)
    return Day(connection, first_day_of(runs, deps.jobs.newest(store, _NEWEST)))


def under_way(deps: ConsoleDeps, connection: Connection) -> FirstDay | None:
    """Return how far the first day of a store is, in two requests; None, without any, of one that has none or whose
    guide somebody ended."""
    if not has_first_day(connection):
        return None
    store = connection.store
    return first_day_of(deps.runs.recent(store, _NEWEST), deps.jobs.newest(store, _NEWEST))


def over(deps: ConsoleDeps, store: StoreId) -> None:
    """Show the first day of a store no more. Raise UnknownStore."""
    _connected(deps, store)
    deps.connections.end_first_day(store)


def pairs(deps: ConsoleDeps, store: StoreId, run: str, after: str = "") -> Pairs | None:
    """Return a page of pairs that a comparison found, in five requests; None where there is no such comparison. Raise
    UnknownStore, and BadCursor for a place that is none."""
    connection, found = _connected(deps, store), deps.runs.find(store, run)
    if found is None:
        return None
    page, place = _place(after) if after else (_first_page(found), 0)
    listed = _candidates(deps.runs.page(store, run, page))
    shown = listed[place : place + A_PAGE]
    if place + A_PAGE < len(listed):
        following = f"{page}.{place + A_PAGE}"
    else:
        following = f"{page + 1}.0" if page + 1 < found.pages else ""
    made = _with_rows(deps, connection, shown)
    return Pairs(connection, found, made, following, found.found.get(Code.CANDIDATE.value, 0))


def sure_pairs(
    deps: ConsoleDeps, person: Person, store: StoreId, run: str
) -> Sequence[tuple[str, int]]:
    """Return every pair of a comparison with the same SKU against which nothing speaks, as many as the person may
    ask for at once, and none that is linked. Raise UnknownStore."""
    connection, found = _connected(deps, store), deps.runs.find(store, run)
    most = 5_000 if person.may(Right.ACT_ON_MANY, store) else MOST_OF_STAFF
    sure: list[tuple[str, int]] = []
    for page in range(_first_page(found) if found else 0, found.pages if found else 0):
        made = _with_rows(deps, connection, _candidates(deps.runs.page(store, run, page)))
        sure += [(each.pos.id, int(each.web.id)) for each in made if each.sure and not each.linked]
        if len(sure) >= most:
            break
    return sure[:most]


def _connected(deps: ConsoleDeps, store: StoreId) -> Connection:
    connection = deps.stores.as_told(store)
    if connection is None:
        raise UnknownStore(store)
    return connection


def _first_page(run: Run) -> int:
    # The web is walked before the POS, and what only it has fills a page that holds no pair.
    only_online = run.found.get(Code.ONLY_ONLINE.value, 0)
    return 1 if only_online and run.pages > 1 else 0


def _place(after: str) -> tuple[int, int]:
    page, _, place = after.partition(".")
    if not all(part.isascii() and part.isdecimal() and len(part) < 7 for part in (page, place)):
        raise BadCursor(after)
    return int(page), int(place)


def _candidates(findings: Sequence[Finding]) -> list[Finding]:
    return [each for each in findings if each.code is Code.CANDIDATE and each.number is not None]


def _with_rows(
    deps: ConsoleDeps, connection: Connection, found: Sequence[Finding]
) -> tuple[Pair, ...]:
    if not found:
        return ()
    store, fields = connection.store, connection.settings.fields
    ours = deps.views.get(store, POS, [each.product for each in found])
    theirs = deps.views.get(store, WEB, [str(each.number) for each in found])
    times = Counter(each.number for each in found)
    return tuple(
        _pair(each, ours[each.product], theirs[str(each.number)], times[each.number], fields)
        for each in found
        if each.product in ours and str(each.number) in theirs
    )


def _pair(finding: Finding, pos: ViewRow, web: ViewRow, times: int, fields: FieldPolicy) -> Pair:
    against = ""
    if times > 1:
        against = f"{times} products of the POS fit #{web.id}: link the right one."
    elif pos.variants and web.variants and pos.variants != web.variants:
        against = f"It has {pos.variants} variants in the POS, and {web.variants} online."
    by_sku = finding.other == "sku"
    gone = pos.deleted or web.deleted
    linked = gone or RowState.LINKED in (pos.state, web.state)
    return Pair(
        pos,
        web,
        evidence="SKU" if by_sku else "name",
        sure=by_sku and not against,
        effects=() if linked else effects(pos, web, fields),
        against=against,
        linked=linked,
    )


def effects(pos: ViewRow, web: ViewRow, fields: FieldPolicy) -> tuple[Effect, ...]:
    """Return what the first push after a link replaces online, as far as the rows of both sides tell: name, price and
    stock, and of the first two what the settings send."""
    told = (
        ("Name", web.name.strip(), pos.name.strip(), fields.sends(Field.NAME, manual=True)),
        ("Price", money(web.price), money(pos.price), fields.sends(Field.PRICE, manual=True)),
        ("Stock", web.stock, pos.stock, True),
    )
    return tuple(
        Effect(field, was, becomes, lost=becomes in _NOTHING and was not in _NOTHING)
        for field, was, becomes, sent in told
        if sent and was and was != becomes
    )


_NOTHING = ("", "0", "0.00")
