"""Two looks at everything that seems wrong. The first is cheap and may be mistaken: a push may be
under way. What the second, half a minute later, sees just the same is reported.

Nothing is reported of a product that is pending, or whose link was written between the looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import batched

from tillbridge.domain.drift import differences
from tillbridge.domain.findings import Finding
from tillbridge.domain.ids import PosProductId, StoreProductId, StoreVariantId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct, WebVariant
from tillbridge.ports.store_reader import SOME
from tillbridge.usecases.reconcile.classifying import finding_of
from tillbridge.usecases.reconcile.session import Session

DEFAULT_LOCATION = 1
"""Its stock stands in every product's record; that of others is read apart."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A product that seemed wrong: its link and its POS version (None: unknown there) then."""

    link: Link
    version: int | None

    @property
    def product(self) -> PosProductId:
        """The POS id."""
        return self.link.product


def comparable(link: Link | None, record: Product | None) -> bool:
    """Whether there is anything to compare: not while it is created, not when broken, and not what
    BigCommerce refused: that is a failure people see already."""
    if link is None or not link.is_linked:
        return False
    refused = link.status is LinkStatus.FAILED
    return not (refused and (record is None or record.version <= link.failed_version))


def seems_wrong(
    session: Session, link: Link, record: Product | None, web: WebProduct | None
) -> bool:
    """The first look."""
    if record is None or web is None or record.version < link.content_version:
        return True
    return bool(differences(record, link, web, session.settings))


def without_pending(session: Session, suspects: Sequence[Suspect]) -> list[Suspect]:
    """The suspects that nothing is pending for; the others are left alone."""
    busy = pending_of(session, [suspect.product for suspect in suspects])
    kept = [suspect for suspect in suspects if suspect.product not in busy]
    session.run.left_alone += len(suspects) - len(kept)
    return kept


def second_look(session: Session, suspects: Sequence[Suspect], seen_ms: int) -> list[Finding]:
    """Waits until the last suspect was seen long enough ago, and looks again. Raises OutOfTime."""
    if not suspects:
        return []
    wait = (seen_ms + session.deps.patience_ms - session.now_ms()) / 1_000
    if wait > 0:
        session.need_time(wait)
        session.deps.clock.sleep(wait)
    findings: list[Finding] = []
    for some in batched(suspects, SOME, strict=False):
        findings += _look_again(session, some)
    return findings


def pending_of(session: Session, products: Sequence[PosProductId]) -> set[PosProductId]:
    """Those of the products that any lane has work for."""
    if not products:
        return set()
    pending = session.deps.pending
    return {row.product for lane in Lane for row in pending.of(session.store, lane, products)}


def with_levels(session: Session, webs: Sequence[WebProduct]) -> list[WebProduct]:
    """The products with the stock of the connection's location."""
    location = session.connection.location_id
    if location == DEFAULT_LOCATION or not webs:
        return list(webs)
    ids = [product.id for product in webs]
    levels = session.ask(partial(session.reader.levels, location, ids))

    def at_location(variant: WebVariant) -> WebVariant:
        return replace(variant, level=levels.get(variant.id, 0))

    return [
        replace(
            product,
            variants=tuple(map(at_location, product.variants)),
            level=sum(levels.get(each, 0) for each in _holders(product)),
        )
        for product in webs
    ]


def _holders(product: WebProduct) -> list[StoreVariantId]:
    base = [product.base] if product.base is not None else []
    return [*base, *(variant.id for variant in product.variants)]


def read_again(session: Session, links: Iterable[Link]) -> Mapping[StoreProductId, WebProduct]:
    """Return the online products of these links, read by their ids, with their brands' names."""
    ids = [link.id for link in links if link.id is not None]
    if not ids:
        return {}
    shown = with_levels(session, session.ask(partial(session.reader.some, ids)))
    return {product.id: product for product in session.with_brands(shown)}


def _look_again(session: Session, suspects: Sequence[Suspect]) -> list[Finding]:
    # Links and pending rows before and after both sides are read: whatever was written meanwhile
    # shows in one of them, because a push clears its row only after it wrote the link.
    before = _untouched(session, suspects)
    shown = read_again(session, (suspect.link for suspect in before))
    records = session.records([suspect.product for suspect in before])
    findings: list[Finding] = []
    for suspect in _untouched(session, before):
        record = records.get(suspect.product)
        if (record.version if record else None) != suspect.version:
            session.run.left_alone += 1  # it changes just now: its event is under way
            continue
        online = shown.get(suspect.link.id) if suspect.link.id is not None else None
        finding = finding_of(session, suspect.link, record, online)
        if finding is not None:
            findings.append(finding)
    return findings


def _untouched(session: Session, suspects: Sequence[Suspect]) -> list[Suspect]:
    links = session.deps.links.get(session.store, [suspect.product for suspect in suspects])
    same = [suspect for suspect in suspects if links.get(suspect.product) == suspect.link]
    session.run.left_alone += len(suspects) - len(same)
    return without_pending(session, same)
