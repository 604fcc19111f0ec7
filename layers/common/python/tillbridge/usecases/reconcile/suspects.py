"""Two looks at everything that seems wrong. The first is cheap and may be mistaken, since a push may be
under way. What the second still finds, half a minute later, is reported.

Nothing is reported about a product that is pending, or whose link was written between the looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched

from tillbridge.domain.findings import Finding
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_reader import BATCH
from tillbridge.usecases.looking.reading import shown
from tillbridge.usecases.reconcile.classifying import finding_of
from tillbridge.usecases.reconcile.fenced import fence_link
from tillbridge.usecases.reconcile.session import Session


@dataclass(frozen=True, slots=True)
class Suspect:
    """A product that seemed wrong, with its link and POS version (None: not in the POS) of then."""

    link: Link
    version: int | None

    @property
    def product(self) -> PosProductId:
        """The product's POS id."""
        return self.link.product


def without_pending(session: Session, suspects: Sequence[Suspect]) -> list[Suspect]:
    """Return the suspects that have no pending row; count the others as left alone."""
    busy = pending_of(session, [suspect.product for suspect in suspects])
    kept = [suspect for suspect in suspects if suspect.product not in busy]
    session.run.left_alone += len(suspects) - len(kept)
    return kept


def second_look(session: Session, suspects: Sequence[Suspect], seen_ms: int) -> list[Finding]:
    """Wait until `patience_ms` after the last suspect was seen (`seen_ms`, epoch ms), look again,
    and return what is confirmed. Raise OutOfTime."""
    if not suspects:
        return []
    wait = (seen_ms + session.deps.patience_ms - session.now_ms()) / 1_000
    if wait > 0:
        session.need_time(wait)
        session.deps.clock.sleep(wait)
    findings: list[Finding] = []
    for some in batched(suspects, BATCH, strict=False):
        findings += _look_again(session, some)
    return findings


def pending_of(session: Session, products: Sequence[PosProductId]) -> set[PosProductId]:
    """Return those of the products that have a pending row."""
    if not products:
        return set()
    pending = session.deps.pending
    return {
        row.product
        for lane in (*PRODUCT_LANES, Lane.ORDERED)
        for row in pending.of(session.store, lane, products)
    }


def read_again(session: Session, links: Iterable[Link]) -> Mapping[StoreProductId, WebProduct]:
    """Return the online products of these links, read by their ids, with their brands' names."""
    ids = [link.id for link in links if link.id is not None]
    return shown(session.eyes, ids)


def _look_again(session: Session, suspects: Sequence[Suspect]) -> list[Finding]:
    # Links and pending rows before and after both sides are read: whatever was written meanwhile
    # shows in one of them, because a push clears its row only after it wrote the link.
    before = _untouched(session, suspects)
    session.looks_anew()
    online_now = read_again(session, (suspect.link for suspect in before))
    records = session.records([suspect.product for suspect in before])
    findings: list[Finding] = []
    for suspect in _untouched(session, before):
        record = records.get(suspect.product)
        if (record.version if record else None) != suspect.version:
            session.run.left_alone += 1  # it changed between the looks: its event is under way
            continue
        online = online_now.get(suspect.link.id) if suspect.link.id is not None else None
        work = partial(_judge, session, findings, suspect.link, record, online)
        fence_link(session, findings, suspect.link, "comparing", work)
    return findings


def _judge(
    session: Session,
    findings: list[Finding],
    link: Link,
    record: Product | None,
    online: WebProduct | None,
) -> None:
    finding = finding_of(session, link, record, online)
    if finding is not None:
        findings.append(finding)


def _untouched(session: Session, suspects: Sequence[Suspect]) -> list[Suspect]:
    links = session.links([suspect.product for suspect in suspects])
    same = [suspect for suspect in suspects if links.get(suspect.product) == suspect.link]
    session.run.left_alone += len(suspects) - len(same)
    return without_pending(session, same)
