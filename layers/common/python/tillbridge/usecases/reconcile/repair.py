"""The judge and repair stages. A repair marks products pending and lets push write, since BigCommerce
has one writer. What no push can correct is written on the link for people to see."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import batched

from tillbridge.domain.breaker import tripped
from tillbridge.domain.connection import StoreState
from tillbridge.domain.findings import Code, Difference, Finding, Moved
from tillbridge.domain.history.drift_lines import found_online
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.pending import Change
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.doubts import without_levels
from tillbridge.domain.remembered.failed import after_deletion_online, without_variants
from tillbridge.domain.run import Result, Stage
from tillbridge.ports.store_reader import BATCH
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.readable_links import readable_links
from tillbridge.usecases.reconcile.checkpoints import checkpoint
from tillbridge.usecases.reconcile.classifying import not_accepted, trial
from tillbridge.usecases.reconcile.fenced import fence_link
from tillbridge.usecases.reconcile.session import Session
from tillbridge.usecases.views import Seen, write_rows

REPAIRS = "repair"
"""The setting `reconcile_mode` of a store whose first run a person approved."""

_STOCK = frozenset({"stock", "stock_negative"})
_NEEDS_NEW_LEVELS = _STOCK | {"tracking"}


def judge(session: Session) -> None:
    """Decide whether the findings are repaired now; otherwise note on the run what it waits for."""
    run = session.run
    to_do = run.tally.changed + run.tally.gone
    why = tripped(run.tally, max(run.linked, run.compared))
    if to_do and not run.dry_run and not why and _may_repair(session):
        run.stage, run.after = Stage.REPAIR, 0
        return
    run.stage = Stage.ENDED
    if not run.drift:
        run.result = Result.CLEAN
    elif run.dry_run or not to_do:
        run.result = Result.REPORTED
        run.note = f"A repair would wait for a person: {why}." if why else ""
    elif why:
        run.result = Result.WAITING
        run.note = (
            f"Nothing was repaired: {why}. Check `tillbridge drift`. If the repair is right, run "
            f"`tillbridge reconcile --approve {run.id}`."
        )
    elif session.connection.state is StoreState.PAUSED:
        run.result = Result.REPORTED
        run.note = (
            "Nothing was repaired: the store is paused. The first run after it is resumed finds this again;"
            f" `tillbridge reconcile --approve {run.id}` repairs it with what waits."
        )
    else:
        run.result = Result.WAITING
        run.note = (
            "Nothing was repaired: a person must approve this store's first repair. Check "
            "`tillbridge drift`. If the repair is right, run "
            f"`tillbridge reconcile --approve {run.id}`."
        )


def repair(session: Session) -> None:
    """Repair the findings page by page; a repeat marks the same rows again. Raise OutOfTime."""
    run = session.run
    while run.after < run.pages:
        session.need_time()
        findings = session.deps.runs.page(session.store, run.repairs or run.id, run.after)
        _repair_page(session, findings)
        run.after += 1
        checkpoint(session)
    run.stage, run.result = Stage.ENDED, Result.REPAIRED


def _may_repair(session: Session) -> bool:
    # Whoever pauses a store may be cleaning it up: what they change there is no drift to be undone.
    paused = session.connection.state is StoreState.PAUSED
    return session.settings.reconcile_mode == REPAIRS and not paused


def _repair_page(session: Session, findings: Sequence[Finding]) -> None:
    todo = [each for each in findings if each.acted_on]
    if not todo:
        return
    deps, store = session.deps, session.store
    links, _ = readable_links(deps.links, store, [PosProductId(each.product) for each in todo])
    back = _there_again(session, todo)
    marks: list[Change] = []
    lines: list[ProductLine] = []
    failed: list[Finding] = []
    for finding in todo:
        link = links.get(PosProductId(finding.product))
        if link is None or link.id != finding.number or not link.is_linked:
            continue  # unlinked, or linked anew, since it was found
        if finding.number in back:
            session.run.left_alone += 1
            continue  # BigCommerce shows it again: the list it was missing from lagged behind
        work = partial(_repair_one, session, link, finding, marks, lines)
        fence_link(session, failed, link, "repairing", work)
    session.run.left_alone += len(failed)
    broken = {each.product for each in lines if each.did is Did.BROKEN}
    if broken:
        seen = Seen(products={PosProductId(product) for product in broken})
        write_rows(deps.read_model, deps.links, store, session.settings, seen)
    deps.pending.mark(marks)
    if marks:
        deps.signals.signal(store)
    if lines:
        with best_effort("keeping history", store):
            deps.history.write(store, lines)


def _repair_one(
    session: Session,
    link: Link,
    finding: Finding,
    marks: list[Change],
    lines: list[ProductLine],
) -> None:
    deps, store = session.deps, session.store
    if finding.differences and not not_accepted(session, finding.product, finding.differences):
        return  # accepted since it was found
    if finding.code is Code.GONE_ONLINE:
        broken = _broken(link)
        deps.links.failed(store, broken)
        words = broken.problem.words if broken.problem else ""
        lines.append(
            replace(_line(session, link, Did.BROKEN), code=finding.code.value, words=words)
        )
    else:
        _forget(session, link, finding.differences)
        if tried := trial(finding.differences):
            deps.runs.accept(store, link.product, tried)
        marks.append(_mark(session, link, finding.differences))
        fields = found_online(finding.differences)
        lines.append(replace(_line(session, link, Did.REPAIRED), fields=fields))
    session.run.repaired += 1


def _line(session: Session, link: Link, did: Did) -> ProductLine:
    run, now = session.run, session.now_ms()
    return ProductLine(now, link.product, did, by=run.approved_by, job=run.id, web=link.id)


def _there_again(session: Session, findings: Sequence[Finding]) -> set[int]:
    """Return the ids of products found gone that BigCommerce shows after all. A broken link stops all
    pushes, so look once more before breaking one, since the finding may be old."""
    gone = [each.number for each in findings if each.code is Code.GONE_ONLINE]
    ids = [StoreProductId(number) for number in gone if number is not None]
    return {
        product.id
        for some in batched(ids, BATCH, strict=False)
        for product in session.ask(partial(session.reader.products, some))
    }


def _mark(session: Session, link: Link, found: Sequence[Difference]) -> Change:
    # What was refused of a product is refused again: when only its stock differs, only that goes.
    only_stock = {each.field for each in found} <= _STOCK
    lane = Lane.AFTER if only_stock and link.status is LinkStatus.FAILED else Lane.BULK
    return session.forced(link.product, lane, "repair")


def _forget(session: Session, link: Link, found: Sequence[Difference]) -> None:
    """Remove from the link what the store no longer has, so that push sends it again: levels that
    were changed online, and variants that were deleted there."""
    dead = {
        each.variant
        for each in found
        if each.field == "variants" and each.moved is Moved.WEB and each.variant
    }
    stale = {each.variant for each in found if each.field in _NEEDS_NEW_LEVELS}
    if dead:
        session.deps.links.pushed(session.store, [without_variants(link, dead)])
    if stale:
        session.deps.links.stocked(session.store, [without_levels(link)])


def _broken(link: Link) -> Link:
    problem = problem_of(ProblemCode.DELETED_ONLINE, name=link.name, number=link.id)
    return after_deletion_online(link, problem)
