"""Answers what people asked of a store's links, before its drain goes on."""

import logging

from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.link_asks import AskKind, LinkAnswer, LinkAsk
from tillbridge.usecases.linking.link_products import link_products
from tillbridge.usecases.linking.put_back import put_back
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.linking.unlink import unlink
from tillbridge.usecases.push.session import Session

log = logging.getLogger(__name__)


def answer_asks(deps: LinkingDeps, session: Session) -> None:
    """Every request that waits, oldest first. A kill repeats the request: each step finds what it
    did. Raises what stops the store; the requests then wait on."""
    for ask in deps.asks.waiting(session.store):
        session.need_time()
        try:
            answers = _answers(deps, session, ask)
        except Refused as refusal:
            # Asked again by itself it would be refused again, and nothing of the store be pushed.
            answers = _not_done(
                ask, f"BigCommerce refused to show these products: {refusal.title}."
            )
        except StoreDown as trouble:
            session.api.ping()  # raises when it is the store, not these products
            answers = _not_done(ask, f"BigCommerce fails on these products: {trouble}")
        deps.asks.answer(ask, answers)
        log.info(
            "links changed by hand",
            extra={
                "store_id": session.store,
                "kind": ask.kind.value,
                "done": sum(answer.done for answer in answers),
                "refused": sum(not answer.done for answer in answers),
            },
        )


def _not_done(ask: LinkAsk, words: str) -> list[LinkAnswer]:
    again = f"{words} Ask again later."
    return [LinkAnswer(product, web, done=False, words=again) for product, web in ask.products]


def _answers(deps: LinkingDeps, session: Session, ask: LinkAsk) -> list[LinkAnswer]:
    products = [product for product, _ in ask.products]
    if ask.kind is AskKind.LINK:
        return link_products(deps, session, ask.products)
    if ask.kind is AskKind.UNLINK:
        return [unlink(session, product) for product in products]
    return [put_back(deps, session, product) for product in products]
