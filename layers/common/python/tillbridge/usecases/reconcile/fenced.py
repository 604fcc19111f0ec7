"""The fence around each product of a run: a bug in comparing or repairing one product is a finding on
that product, and the others are compared in the same run."""

from collections.abc import Callable

from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name
from tillbridge.domain.product import Product
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.reconcile.session import Session


def fence_link(
    session: Session, findings: list[Finding], link: Link, doing: str, work: Callable[[], None]
) -> None:
    """Do the work on a linked product. A fault is noted, and added to `findings`."""
    _fence(
        session, findings, Finding(Code.NOT_COMPARED, link.product, link.id, link.name), doing, work
    )


def fence_record(
    session: Session, findings: list[Finding], record: Product, work: Callable[[], None]
) -> None:
    """Do the work on a record of the POS. A fault is noted, and added to `findings`."""
    of_it = Finding(Code.NOT_COMPARED, record.id, None, clean_name(record.name))
    _fence(session, findings, of_it, "comparing", work)


def fence_unread(
    session: Session,
    findings: list[Finding],
    product: PosProductId,
    number: StoreProductId,
    name: str,
) -> None:
    """Add the finding on a product whose link `session` could not read, and note why."""
    of_it = Finding(Code.NOT_COMPARED, product, number, clean_name(name))
    _fence(session, findings, of_it, "comparing", lambda: session.refuse_unread(product))


def _fence(
    session: Session, findings: list[Finding], of_it: Finding, doing: str, work: Callable[[], None]
) -> None:
    try:
        work()
    except Exception as error:  # whatever a bug raises concerns this product alone
        if not is_fault(error):
            raise
        note(Fault(error, doing, session.store, of_it.product))
        findings.append(of_it)
