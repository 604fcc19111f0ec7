"""The port PosHooks over X-Series."""

import logging
from collections.abc import Sequence
from typing import Any, override

from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.pages import read
from tillbridge.adapters.lightspeed_x.shape import products_in
from tillbridge.domain.errors import Refused
from tillbridge.domain.hooks.pos_care import PosHook
from tillbridge.ports.pos_hooks import PosHooks

log = logging.getLogger(__name__)

TOPICS = ("product.update", "inventory.update")
"""A sale shows in its levels; `sale.update` would bring customers and payments."""

_ALL, _ONE = "/webhooks", "/webhooks/{webhook_id}"
_TAKEN = 409


class LightspeedHooks(PosHooks):
    """The retailer that `calls` reaches."""

    def __init__(self, calls: LightspeedCalls) -> None:
        self._calls = calls

    @property
    @override
    def topics(self) -> Sequence[str]:
        return TOPICS

    @override
    def all(self) -> Sequence[PosHook]:
        rows = products_in(_ALL, read(self._calls, Ask("GET", _ALL)))
        found = [hook for row in rows if (hook := _hook(row)) is not None]
        if left_out := len(rows) - len(found):
            log.error("webhooks of the POS that cannot be read", extra={"rows": left_out})
        return found

    @override
    def create(self, topic: str, address: str) -> None:
        # Sent twice it does no harm: the second is refused as there already.
        body = {"active": True, "type": topic, "url": address}
        try:
            self._calls.send(Ask("POST", _ALL, body=body))
        except Refused as refused:
            if refused.status != _TAKEN:
                # Not in X-Series' words, which may quote the address, and not chained: it ends in a key.
                words = f"The POS refuses to tell of {topic} (status {refused.status})."
                raise Refused(refused.status, words) from None

    @override
    def delete(self, hook: PosHook) -> None:
        self._calls.send(Ask("DELETE", _ONE, (hook.id,)))


def _hook(row: Any) -> PosHook | None:
    told = row if isinstance(row, dict) else {}
    texts = [told.get(name) for name in ("id", "type", "url")]
    id_, topic, url = (each if isinstance(each, str) and each.isascii() else "" for each in texts)
    if not (id_ and topic and url):
        return None
    return PosHook(id_, topic, url, active=told.get("active") is not False)
