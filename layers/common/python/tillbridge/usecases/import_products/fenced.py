"""The fence around each product of an import: what goes wrong for one in a way that nobody foresaw is
its outcome, and the others come in."""

from collections.abc import Callable

from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.imports import Outcome
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.import_products.session import Session


def fence_product[R](
    session: Session, web: WebProduct, work: Callable[[], R], made: str = ""
) -> R | None:
    """Return what `work` returns, or None when it failed by a fault. The product is then told: `made`
    is the POS product that it became already. Its SKUs and its number stay reserved, so that another
    import goes on where this one stopped."""
    try:
        return work()
    except Exception as error:  # whatever a bug raises concerns this product alone
        if not is_fault(error):
            raise
        note(Fault(error, "importing", session.store, str(web.id)))
        there = f" It is in the POS as {made}, and not linked yet." if made else ""
        words = (
            f"Tillbridge failed on '{web.name}' by a fault of its own ({type(error).__name__}).{there} "
            f"Report the fault, then import the product again: tillbridge import --id {web.id}"
        )
        session.report(Outcome(web.id, "failed", words, made, web.name))
        return None
