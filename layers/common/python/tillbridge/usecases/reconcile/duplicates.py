"""The duplicates stage: POS products that share a SKU, found in the read model without any call."""

from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.names import sku_key
from tillbridge.domain.view_rows import POS
from tillbridge.usecases.reconcile.checkpoints import keep
from tillbridge.usecases.reconcile.session import Session

LIST_PAGE = 1_000


def find_duplicates(session: Session) -> None:
    """Store a finding for each further product that has a SKU, naming the first that has it."""
    first: dict[int, str] = {}
    findings: list[Finding] = []
    after = ""
    while True:
        rows, after = session.deps.read_model.rows(session.store, POS, after=after, limit=LIST_PAGE)
        for row in rows:
            for sku in () if row.deleted else row.skus:
                other = first.setdefault(hash(sku_key(sku)), row.id)
                if other != row.id:
                    findings.append(
                        Finding(Code.SAME_SKU, row.id, None, f"{row.name} ({sku})", other=other)
                    )
        if not after:
            break
    keep(session, findings, 0)
