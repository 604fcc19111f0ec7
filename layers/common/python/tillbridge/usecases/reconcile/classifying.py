"""Which finding a confirmed suspect is, and whether a repair can correct it."""

from tillbridge.domain.acceptance import ANY_VALUES, Accepted
from tillbridge.domain.drift import differences
from tillbridge.domain.findings import Code, Difference, Finding, Moved
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.reconcile.session import Session


def finding_of(
    session: Session, link: Link, record: Product | None, web: WebProduct | None
) -> Finding | None:
    """Return the finding on a linked product as both sides show it now, or None when nothing is
    wrong."""
    name = clean_name(record.name) if record and record.name else link.name
    if web is None:
        return Finding(Code.GONE_ONLINE, link.product, link.id, name)
    if record is None:
        hides = link.visible is not False and web.visible is True
        return Finding(Code.GONE_IN_POS, link.product, link.id, name, repairable=hides)
    if record.version == NO_VERSION or web.unreadable:
        return None
    if record.version < link.content_version:
        return Finding(Code.BACKWARDS, link.product, link.id, name)
    found = differences(record, link, web, session.settings, session.web_units(record))
    forget_trials(session, link, record, found)
    left = not_accepted(session, link.product, found)
    session.run.accepted += len(found) - len(left)
    if not left:
        return None
    if all(_tried(session, link.product, each) for each in left):
        return Finding(Code.NOT_TAKEN, link.product, link.id, name, left)
    return Finding(
        _code(record, link, left), link.product, link.id, name, left, any(map(_can_repair, left))
    )


def trial(found: tuple[Difference, ...]) -> dict[str, Accepted]:
    """Return what a repair remembers of texts, by place. BigCommerce may clean HTML, in a way it does
    not document: when the same two texts differ again, another push would change nothing."""
    return {each.place: Accepted(_TRIED + each.digest) for each in found if each.field in _TEXTS}


_TEXTS = frozenset({"name", "description"})
_TRIED = "tried "


def forget_trials(
    session: Session, link: Link, record: Product, found: tuple[Difference, ...] = ()
) -> None:
    """Forget the repairs of texts that no longer differ: BigCommerce took them, so the same edit made
    online again is repaired again. Nothing is forgotten where no text was compared."""
    if record.unreadable or link.refused(record.version):
        return
    product = link.product
    differ = {each.place for each in found}
    taken = [
        place
        for place in _TEXTS - differ
        if session.accepted.get((product, place), "").startswith(_TRIED)
    ]
    if taken:
        session.deps.runs.forget(session.store, product, taken)


def _tried(session: Session, product: str, difference: Difference) -> bool:
    return session.accepted.get((product, difference.place)) == _TRIED + difference.digest


def not_accepted(
    session: Session, product: str, found: tuple[Difference, ...]
) -> tuple[Difference, ...]:
    """Return the differences that nobody accepted as they are."""
    return tuple(
        each
        for each in found
        if session.accepted.get((product, each.place)) not in (each.digest, ANY_VALUES)
    )


def _code(record: Product, link: Link, found: tuple[Difference, ...]) -> Code:
    if record.deleted:
        return Code.GONE_IN_POS
    newer = record.version > min(link.content_version, link.stock_version)
    if newer and any(each.moved in (Moved.POS, Moved.BOTH) for each in found):
        return Code.MISSED
    fields = {each.field for each in found}
    if "variants" in fields:
        return Code.STRUCTURE
    return Code.STOCK if fields <= {"stock", "stock_negative"} else Code.FIELD


def _can_repair(difference: Difference) -> bool:
    # A variant that somebody added or renamed online is not ours to delete: a person decides. For
    # one that was deleted there the difference names the POS variant, which is created again.
    online = difference.field == "variants" and difference.moved is Moved.WEB
    return not online or bool(difference.variant)
