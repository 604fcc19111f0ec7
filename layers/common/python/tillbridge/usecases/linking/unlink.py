"""Remove a link: both products stay, and the POS no longer changes the store's."""

from tillbridge.domain.history.product_line import Did
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest, being_created, not_linked
from tillbridge.usecases.push.outcomes.follow_ups import forget_block
from tillbridge.usecases.push.slice.session import Session

UNLINKED_FIRST = (
    "It was unlinked before this push. To put it online again, as a new product, push it again."
)


def unlink(session: Session, request: LinkRequest) -> LinkAnswer:
    """Remove a product's link and its pending rows: a push requested before would create the product
    in BigCommerce a second time. Return the answer: done, or why not."""
    product = request.product
    link = session.deps.links.get(session.store, [product]).get(product)
    if link is None:
        return LinkAnswer(product, None, done=True, words=not_linked(product))
    if link.status is LinkStatus.CREATING:
        return LinkAnswer(product, None, done=False, words=being_created(product))
    rows = session.rows.of(PRODUCT_LANES, [product])
    session.history.outcomes.dropped(rows, UNLINKED_FIRST)
    session.rows.clear(rows)
    forget_block(session, link)
    session.deps.links.unlink(session.store, link)
    session.history.outcomes.changed(request, Did.UNLINKED, link.id)
    return LinkAnswer(product, link.id, done=True)
