"""The products of a store whose push failed."""

from collections.abc import Sequence

from cli.deployment.target import Target
from cli.shapes.products import PushOutcome
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, RowState


def failed_products(target: Target, store: StoreId) -> list[str]:
    """Return the POS ids of the products that failed, as the view has them."""
    return list(target.listing.ids(store, POS, Question(state=RowState.FAILED)))


def push_outcome(
    target: Target, store: StoreId, products: Sequence[str], calls: int = 0
) -> PushOutcome:
    """Return which of these products are linked and which failed, and why."""
    links = target.links.get(store, [PosProductId(each) for each in dict.fromkeys(products)])
    fine = {product for product, link in links.items() if link.status is LinkStatus.LINKED}
    failed = [each for each in dict.fromkeys(products) if each not in fine]
    found = ((each, links.get(PosProductId(each))) for each in failed)
    return {
        "linked": [each for each in dict.fromkeys(products) if each in fine],
        "failed": [
            {
                "product": each,
                "code": link.problem.code if link and link.problem else "",
                "words": _words(each, link),
            }
            for each, link in found
        ],
        "waiting": [],
        "calls": calls,
    }


def _words(product: str, link: Link | None) -> str:
    problem = link.problem if link else None
    if problem is None:
        return "It is not linked yet."
    if problem.holder is None:
        return problem.words
    return f"{problem.words} `tillbridge link {product}` links it to #{problem.holder}."
