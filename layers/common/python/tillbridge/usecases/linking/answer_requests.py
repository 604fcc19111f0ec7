"""Answer the link requests of a store: one of the lanes of its drain."""

import logging
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import override

from tillbridge.domain.errors import Refused, SavedByNewer, StoreDown
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest, LinkRequestKind
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.linking.link_products import link_products
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.linking.undo import undo
from tillbridge.usecases.linking.unlink import unlink
from tillbridge.usecases.push.requests import Requests
from tillbridge.usecases.push.slice.due import is_due
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200
"""Rows read at once: as many products as one request can name."""

A_LOOK = 20
"""After so many answers of a request, a push that a person asked for may come in between; what is left
of the request is then read again."""


@dataclass(frozen=True, slots=True)
class LinkRequestsOf(Requests):
    """The link requests of a slice's store, in the order of arrival."""

    deps: LinkingDeps
    session: Session

    @override
    def wait(self) -> bool:
        return bool(self.deps.requests.waiting(self.session.store, 1))

    @override
    def products(self) -> Collection[PosProductId]:
        return self.deps.requests.named(self.session.store)

    @override
    def answer(self) -> bool:
        """Answer the next request product by product: of an undo, which costs calls, one product. A
        kill repeats one product at most, and the repeat finds what was done. What one product's
        request runs into fails no other's. Raise whatever stops the store; the remaining requests
        then keep waiting."""
        requests, store = self.deps.requests, self.session.store
        first = requests.waiting(store, 1)
        if first and first[0].kind is not LinkRequestKind.UNDO:
            id_ = first[0].id
            waiting = requests.waiting(store, MOST_AT_ONCE)
            first = list(takewhile(lambda request: request.id == id_, waiting))
        if first:
            _answer(self.deps, self.session, first)
        return bool(first)


def _answer(deps: LinkingDeps, session: Session, requests: Sequence[LinkRequest]) -> None:
    left = deque(requests)
    done = 0
    try:
        for answer in _answers(deps, session, requests):
            request = left.popleft()
            _tell(deps, session, request, answer)
            done += answer.done
            if left:
                session.need_time()
                session.way.let_stock_go()
                if len(left) % A_LOOK == 0 and is_due(session, Lane.ASKED):
                    return
    except StoreDown as trouble:
        session.api.ping()  # raises when it is the store, not these products
        words = f"BigCommerce failed on these products: {trouble} Try again later."
        _refuse(deps, session, left, words)
    except Refused as refusal:
        words = f"BigCommerce refused to show this product: {refusal.title}. Try again later."
        _one_by_one(deps, session, left, words)
    except Exception as error:  # left waiting, the request would stop the store in every slice
        if not is_fault(error):
            raise
        if len(left) == 1:
            note(Fault(error, "answering a request", session.store, left[0].product))
        words = "Tillbridge failed on this product by a fault of its own, which is in its log. "
        newer = isinstance(error, SavedByNewer)
        words = str(error) if newer else f"{words}Report it, then try again."
        _one_by_one(deps, session, left, words)
    log.info(
        "links changed by hand",
        extra={
            "store_id": session.store,
            "kind": requests[0].kind.value,
            "done": done,
            "refused": len(requests) - len(left) - done,
        },
    )


def _one_by_one(
    deps: LinkingDeps, session: Session, left: Sequence[LinkRequest], words: str
) -> None:
    """Answer each request alone, since one of them failed for all. Refuse a single one with
    `words`: left waiting, it would fail in every slice, and nothing would be pushed."""
    if len(left) == 1:
        _refuse(deps, session, left, words)
        return
    for request in left:
        _answer(deps, session, [request])


def _refuse(
    deps: LinkingDeps, session: Session, requests: Iterable[LinkRequest], words: str
) -> None:
    for request in requests:
        answer = LinkAnswer(request.product, request.web, done=False, words=words)
        _tell(deps, session, request, answer)


def _tell(deps: LinkingDeps, session: Session, request: LinkRequest, answer: LinkAnswer) -> None:
    outcomes = session.history.outcomes
    deps.requests.answer(request, answer, outcomes.of_answer(request, answer))
    outcomes.answered(request)


def _answers(
    deps: LinkingDeps, session: Session, requests: Sequence[LinkRequest]
) -> Iterator[LinkAnswer]:
    session.need_time()
    match requests[0].kind:
        case LinkRequestKind.LINK:
            yield from link_products(deps, session, requests)
        case LinkRequestKind.UNLINK:
            yield from (unlink(session, request) for request in requests)
        case LinkRequestKind.UNDO:
            yield from (undo(deps, session, request) for request in requests)
