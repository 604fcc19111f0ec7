"""The duplicates stage: POS products that share a SKU, found in the read model without any call."""

from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.names import sku_key
from tillbridge.domain.view_rows import POS
from tillbridge.usecases.reconcile.checkpoints import keep
from tillbridge.usecases.reconcile.session import Session


def find_duplicates(session: Session) -> None:
    """Store a finding for each further product that has a SKU, naming the first that has it."""
    first: dict[int, str] = {}
    findings: list[Finding] = []
    for row in session.deps.read_model.every(session.store, POS):
        for sku in () if row.deleted else row.skus:
            other = first.setdefault(hash(sku_key(sku)), row.id)
            if other != row.id:
                findings.append(
                    Finding(Code.SAME_SKU, row.id, None, f"{row.name} ({sku})", other=other)
                )
    keep(session, findings, 0)
