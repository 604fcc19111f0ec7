"""The same key, the same request: what an Idempotency-Key began is kept for a day, beside the plans."""

import hashlib
from collections.abc import Callable

from tillbridge.console.api.call import Call
from tillbridge.console.api.problem import Refused
from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Selection
from tillbridge.domain.view_rows import POS


def once(call: Call, store: StoreId, key: str, asked: str, begin: Callable[[], str]) -> str:
    """Return the id of what `begin` began, now or when this person's key came first. Raise Refused when the key
    came with something else than `asked`.

    What was begun is kept afterwards: whoever dies between the two carries out the same plan again, which is
    done once."""
    if not key:
        return begin()
    plans, person = call.deps.plans, call.person
    # No address can name it: an id of a plan there has no such sign.
    record = f"key#{_digest(person.issuer, person.subject, key)}"
    if plans.get(store, record) is not None:
        before, began = plans.ids(store, record)
        if before != _digest(asked):
            words = (
                "This Idempotency-Key asked for something else. Take a new one for each request."
            )
            raise Refused(422, "key_used", words)
        return began
    began = begin()
    kept = RequestPlan(
        record, store, Do.LOOK, Selection(POS), person.name, call.deps.clock.now_ms()
    )
    plans.keep(kept, [_digest(asked), began])
    return began


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
