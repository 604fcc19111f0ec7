"""The web stage: every product of the store (full), or those changed since the last run, page by
page in the order of ids, each compared with its POS record through its link."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tillbridge.domain.errors import OutOfTime
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.run import lost_links
from tillbridge.domain.view_rows import WEB
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_reader import WebPage
from tillbridge.usecases.looking.reading import with_brands, with_levels
from tillbridge.usecases.looking.verdict import Verdict, comparable, verdict
from tillbridge.usecases.reconcile.adopting import push_settled
from tillbridge.usecases.reconcile.checkpoints import keep
from tillbridge.usecases.reconcile.classifying import forget_trials
from tillbridge.usecases.reconcile.fenced import fence_link, fence_unread
from tillbridge.usecases.reconcile.refresh_views import forget_web, refresh_pos, refresh_web
from tillbridge.usecases.reconcile.session import Session
from tillbridge.usecases.reconcile.suspects import (
    Suspect,
    second_look,
    without_pending,
)

BLOCK_PAGES = 100
"""Pages between two checkpoints: up to 25,000 products share the wait for the second look."""

BLOCK_SUSPECTS = 2_000
"""A block ends early at this many suspects, so that memory stays bounded."""

BLOCK_END_MS = 75_000
"""Time kept for the second look besides `patience_ms`: it may take two windows of the quota."""

_NO_END = 2**63


@dataclass(slots=True)
class _Block:
    suspects: list[Suspect] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seen_ms: int = 0
    after: int = 0
    pages: int = 0
    last: bool = False


@dataclass(slots=True)
class _Seen:
    """What the first look at a page says; `settled`: links whose POS no longer went back."""

    suspects: list[Suspect] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    settled: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a full walk knows of the store beforehand: linked products, and rows of the Web view.
    Ids ascend; an id within the range of a page that is not on the page is missing."""

    holders: Mapping[StoreProductId, PosProductId]
    linked: Sequence[StoreProductId]
    listed: Sequence[int]


def walk_web(session: Session) -> None:
    """Walk to the end, from checkpoint to checkpoint. Raise OutOfTime at the end of the slice."""
    known = _known(session) if session.run.full else None
    if known is not None:
        run = session.run
        run.lost = run.lost or lost_links(run.linked, len(known.linked))
        run.linked = len(known.linked)
    while True:
        block = _walk_block(session, known)
        findings = block.findings + second_look(session, block.suspects, block.seen_ms)
        _forget_gone(session, findings)
        keep(session, findings, block.after)
        if block.last:
            return
        if _must_end(session):
            raise OutOfTime("This slice has ended; the run goes on in the next.")


def _known(session: Session) -> _Known:
    deps = session.deps
    holders = dict(deps.link_list.holders_of(session.store))
    listed = sorted(int(row) for row in deps.read_model.ids(session.store, WEB))
    return _Known(holders, sorted(holders), listed)


def _walk_block(session: Session, known: _Known | None) -> _Block:
    run = session.run
    block = _Block(after=run.after)
    while not block.last and block.pages < BLOCK_PAGES and len(block.suspects) < BLOCK_SUSPECTS:
        if block.pages and _must_end(session):
            break
        read = partial(session.reader.page, StoreProductId(block.after), run.web_from_ms)
        page: WebPage = session.ask(read)
        run.web_pages += 1
        suspects = _first_look(session, block, page, known)
        block.suspects += without_pending(session, suspects) if suspects else []
        block.seen_ms = session.now_ms()
        block.pages += 1
        block.last = page.last
        if page.products:
            block.after = page.products[-1].id
    return block


def _must_end(session: Session) -> bool:
    return session.time_left_ms() < session.deps.patience_ms + BLOCK_END_MS


def _first_look(
    session: Session, block: _Block, page: WebPage, known: _Known | None
) -> list[Suspect]:
    online = {product.id: product for product in with_levels(session.eyes, page.products)}
    session.looks_anew()
    missing = _missing(session, block.after, page, known)
    links, unread = _links(session, known, [*online, *missing])
    for number, holder in unread.items():
        name = online[number].name if number in online else ""
        fence_unread(session, block.findings, holder, number, name)
    online = {number: product for number, product in online.items() if number not in unread}
    block.findings += [
        Finding(Code.ONLY_ONLINE, "", number, product.name)
        for number, product in online.items()
        if number not in links
    ]
    compared = {number: link for number, link in links.items() if link.id == number}
    records = session.records([link.product for link in compared.values() if link.is_linked])
    if not session.run.full:  # else the POS stage reads every record
        of_product = {link.product: link for link in compared.values()}
        refresh_pos(session, records.values(), of_product)
    readable = [online[n] for n in compared if n in online and not online[n].unreadable]
    named = with_brands(session.eyes, readable)
    online |= {product.id: product for product in named}
    refresh_web(session, list(online.values()), compared)
    seen = _Seen()
    for number, link in compared.items():
        web, record = online.get(number), records.get(link.product)
        work = partial(_compare, session, seen, link, record, web)
        fence_link(session, seen.findings, link, "comparing", work)
    block.findings += seen.findings
    push_settled(session, seen.settled)
    return seen.suspects


def _compare(
    session: Session, seen: _Seen, link: Link, record: Product | None, web: WebProduct | None
) -> None:
    if not comparable(link, record):
        return
    session.run.compared += 1
    owed = session.web_units(record) if record else NO_WEB_UNITS
    found = verdict(link, record, web, session.settings, owed)
    if found is Verdict.UNREADABLE:
        return
    if found is not Verdict.EQUAL or record is None:
        seen.suspects.append(Suspect(link, record.version if record else None))
        return
    forget_trials(session, link, record)
    seen.settled += [link] if link.went_back else []
    if record.deleted:
        seen.findings.append(Finding(Code.RETIRED, link.product, link.id, link.name))


def _links(
    session: Session, known: _Known | None, numbers: Sequence[StoreProductId]
) -> tuple[Mapping[StoreProductId, Link], Mapping[StoreProductId, PosProductId]]:
    """Return the links of these products as they are now: some were linked since the walk began. And who
    holds those whose link cannot be read."""
    holders = {n: known.holders[n] for n in numbers if known and n in known.holders}
    unknown = [number for number in numbers if number not in holders]
    if unknown:
        holders |= session.deps.links.holders(session.store, unknown)
    links = session.links(list(holders.values()))
    found = {number: links[product] for number, product in holders.items() if product in links}
    return found, {n: product for n, product in holders.items() if product in session.unread}


def _missing(
    session: Session, after: int, page: WebPage, known: _Known | None
) -> list[StoreProductId]:
    """Return the linked products that should be on this page and are not, and remove the rows of
    missing products from the Web view."""
    if known is None:
        return []
    there = {product.id for product in page.products}
    upto = _NO_END if page.last else page.products[-1].id
    forget_web(session, (n for n in _between(known.listed, after, upto) if n not in there))
    return [number for number in _between(known.linked, after, upto) if number not in there]


def _between[N: int](ascending: Sequence[N], after: int, upto: int) -> Sequence[N]:
    return ascending[bisect_right(ascending, after) : bisect_right(ascending, upto)]


def _forget_gone(session: Session, findings: Sequence[Finding]) -> None:
    gone = [finding.number for finding in findings if finding.code is Code.GONE_ONLINE]
    forget_web(session, (number for number in gone if number is not None))
