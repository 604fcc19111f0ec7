"""Undo: write back to the store what a push replaced. The link stays, and each restored value is held until
it changes in the POS."""

from tillbridge.domain.errors import Refused
from tillbridge.domain.field_values import as_sent, variant_values
from tillbridge.domain.held import kept_values
from tillbridge.domain.history.fields_sent import fields_restored, values_restored
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest, not_linked
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import sentence
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.existing import after_undo, holding_nothing
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.linking.hide_and_unlink import hide_and_unlink
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.linking.undo_push import nothing_to_undo, undo_push
from tillbridge.usecases.linking.writing_back import push_of_pos, write_back
from tillbridge.usecases.pos_records import pos_record
from tillbridge.usecases.push.slice.session import Session


def undo(deps: LinkingDeps, session: Session, request: LinkRequest) -> LinkAnswer:
    """Write the kept values of a product back to the store. Return the answer: done, or why not."""
    product, asked = request.product, request.undoes
    link = session.deps.links.get(session.store, [product]).get(product)
    if asked.hides:
        return hide_and_unlink(session, request, link)
    if link is None or link.id is None or link.status is LinkStatus.BROKEN:
        return LinkAnswer(product, None, done=False, words=not_linked(product))
    if asked.job or asked.fields:
        return undo_push(deps, session, request, link)
    before = deps.replaced.find(session.store, product)
    if before is None or before.id != link.id:
        return LinkAnswer(product, link.id, done=False, words=nothing_to_undo(request))
    record = pos_record(session.pos, product)
    if record is None or record.deleted:
        words = sentence(ProblemCode.NOT_IN_POS, product=product)
        return LinkAnswer(product, link.id, done=False, words=words)
    kept = after_undo(link, record, before, session.settings)
    if link.status is LinkStatus.FAILED:
        # What was refused may be held now: the push that follows says whether the failure is over.
        session.rows.mark([push_of_pos(session, record, request)])
    # Held first: a kill after the store was written must not let the next push undo it.
    session.deps.links.pushed(session.store, [kept])
    try:
        _write(session, before, link)
    except Exception as trouble:  # whatever it was, some of the old values may be in the store
        # A refusal and an outage of this product may be its last answer, so nothing may stay half
        # undone. If `_push_again` fails too, or a kill comes before its end, there is no answer: the
        # next slice begins with this request again, before it pushes anything.
        _push_again(session, record, link, request)
        if not isinstance(trouble, Refused):
            raise
        words = (
            f"BigCommerce refused the old values of '{before.name}': {trouble.said}. "
            "Change the product in the POS instead."
        )
        return LinkAnswer(product, link.id, done=False, words=words)
    session.views.sent(product, values_restored(link, before), moved=True)
    session.history.outcomes.changed(request, Did.UNDONE, link.id, fields_restored(link, before))
    return LinkAnswer(product, link.id, done=True)


def _push_again(session: Session, record: Product, link: Link, request: LinkRequest) -> None:
    """Hold nothing any longer, not even what an undo that was killed had held, and push the POS's
    values over those that were written back. The row comes first: a kill between the two must leave
    one."""
    session.rows.mark([push_of_pos(session, record, request)])
    session.deps.links.pushed(session.store, [holding_nothing(link)])


def _write(session: Session, before: WebProduct, link: Link) -> None:
    values = kept_values(before)
    values.pop("brand_id" if before.brand else "brand_name", None)
    ours = {variant.id for variant in link.variants.values()}
    kept = {v.id: as_sent(variant_values(v)) for v in before.variants if v.id in ours}
    write_back(session, link, before.id, values, kept)
