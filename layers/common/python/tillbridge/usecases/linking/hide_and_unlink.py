"""Undo of a create: the product that a push made is not deleted, but hidden online and unlinked."""

from functools import partial

from tillbridge.domain.errors import Refused
from tillbridge.domain.history.fields_sent import VISIBLE, sent
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.link import Link, LinkStatus, Part
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest, not_linked
from tillbridge.domain.undo_words import HIDDEN_AND_UNLINKED
from tillbridge.usecases.linking.undo_push import NOT_THROUGH, is_under_way
from tillbridge.usecases.linking.unlink import unlink
from tillbridge.usecases.push.slice.calls import write
from tillbridge.usecases.push.slice.session import Session


def hide_and_unlink(session: Session, request: LinkRequest, link: Link | None) -> LinkAnswer:
    """Hide a product in BigCommerce, then remove its link. Return the answer: done, or why not. After a kill
    between the two it is hidden again; after one behind both there is no link, and nothing left to do."""
    product = request.product
    if link is None:
        return LinkAnswer(product, request.web, done=True, words=not_linked(product))
    if is_under_way(session, request):
        return LinkAnswer(product, link.id, done=False, words=NOT_THROUGH)
    if request.web is not None and link.id != request.web:
        words = (
            f"Since that push, {product} was linked to another product, #{link.id}. Nothing was"
            " hidden."
        )
        return LinkAnswer(product, link.id, done=False, words=words)
    if link.id is not None and link.status is not LinkStatus.BROKEN:
        hidden = partial(session.api.update_products, [{"id": link.id, VISIBLE: False}])
        try:
            write(session, [link], [Part.VISIBILITY], hidden)
        except Refused as refusal:
            words = f"BigCommerce refused to hide #{link.id}: {refusal.said}. It stays linked."
            return LinkAnswer(product, link.id, done=False, words=words)
    answer = unlink(session, request)
    if answer.done and link.id is not None:
        fields, words = {VISIBLE: sent(value=False)}, HIDDEN_AND_UNLINKED
        session.history.outcomes.changed(request, Did.UNLINKED, link.id, fields, words)
    return answer
