"""The POS stage: the feed of changes, from its beginning (full) or since the last run."""

from collections.abc import Mapping
from functools import partial

from tillbridge.domain.claims import keys
from tillbridge.domain.drift import pos_moved
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.view_rows import WEB
from tillbridge.ports.pos_feed import PosPage
from tillbridge.usecases.looking.verdict import comparable
from tillbridge.usecases.reconcile.checkpoints import keep
from tillbridge.usecases.reconcile.fenced import fence_record
from tillbridge.usecases.reconcile.nightly_safety import learn_safety
from tillbridge.usecases.reconcile.refresh_views import refresh_pos
from tillbridge.usecases.reconcile.session import Session
from tillbridge.usecases.reconcile.suspects import (
    Suspect,
    second_look,
    without_pending,
)

type Index = Mapping[int, int]
"""From the hash of a name or SKU to the unlinked BigCommerce product that has it."""


def walk_pos(session: Session) -> None:
    """Walk the feed to its end, with a checkpoint after each page. Raise OutOfTime."""
    run = session.run
    index = _unlinked_online(session) if run.full else {}
    # What the web stage found is not reported a second time.
    found = session.deps.runs.findings(session.store, run) if not run.full else ()
    seen = {each.product for each in found}
    while True:
        session.need_time(session.deps.patience_ms / 1_000)
        page: PosPage = session.feed.changes(run.after)
        run.pos_pages += 1
        suspects, findings = _first_look(session, page, index)
        suspects = [suspect for suspect in suspects if suspect.product not in seen]
        findings += second_look(session, suspects, session.now_ms())
        # A lower version may still appear among those not settled: the next run reads them again.
        if run.pos_version == run.after:
            run.pos_version = page.settled
        ends = not page.more or page.next_version <= run.after
        learn_safety(session, page.products)
        keep(session, findings, max(run.after, page.next_version))
        if ends:
            return


def _first_look(
    session: Session, page: PosPage, index: Index
) -> tuple[list[Suspect], list[Finding]]:
    session.looks_anew()
    links = session.links([record.id for record in page.products])
    refresh_pos(session, page.products, links)
    suspects: list[Suspect] = []
    findings: list[Finding] = []

    def compare(record: Product) -> None:
        session.refuse_unread(record.id)
        link = links.get(record.id)
        if link is None or link.id is None:
            findings.extend(_not_linked(record, index) if not record.deleted else [])
        elif not session.run.full and _seems_missed(session, link, record):
            suspects.append(Suspect(link, record.version))

    for each in page.products:
        fence_record(session, findings, each, partial(compare, each))
    return (without_pending(session, suspects) if suspects else []), findings


def _seems_missed(session: Session, link: Link, record: Product) -> bool:
    # A full run has compared every linked product with the store already.
    if not comparable(link, record):
        return False
    return record.version < link.content_version or pos_moved(
        record, link, session.settings, session.web_units(record)
    )


def _not_linked(record: Product, index: Index) -> list[Finding]:
    found = [Finding(Code.ONLY_IN_POS, record.id, None, record.name)]
    # A shared SKU says more than a shared name, and so is looked for first.
    skus = (record.product_number, *record.skus)
    for key in (*keys("", skus), *keys(record.name, [])):
        number = index.get(hash(key))
        if number is not None:
            found.append(Finding(Code.CANDIDATE, record.id, number, record.name, other=key[0]))
            break
    return found


def _unlinked_online(session: Session) -> Index:
    """Return the names and SKUs of online products that are not linked, from the read model, which
    the web stage has just refreshed. Kept as hashes of eight bytes, so that those of a hundred
    thousand products fit."""
    linked = {int(number) for number, _ in session.deps.link_list.holders_of(session.store)}
    index: dict[int, int] = {}
    for row in session.deps.read_model.every(session.store, WEB):
        if int(row.id) not in linked:
            for key in keys(row.name, row.skus or (row.sku,)):
                index[hash(key)] = int(row.id)
    return index
