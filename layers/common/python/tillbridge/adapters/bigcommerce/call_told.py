"""What the history is told of a call: never a token, and of orders and webhooks nothing that was said."""

import json
import re

from tillbridge.adapters.bigcommerce.answer import reading_of
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.http import Incoming
from tillbridge.domain.call_made import LONGEST_SAID, UNSAID, CallMade

_TOLD_OF = ("/catalog", "/inventory", "/channels")
"""Of these parts of the API what a refusal says is told. Of orders it could name a customer, of webhooks
the address that is their key."""


def told(call: Call, incoming: Incoming | None, sent_ms: int, now_ms: int, token: str) -> CallMade:
    """Return what is told of a call that was sent at `sent_ms` and answered, or given up, now (epoch ms)."""
    reading = reading_of(incoming.headers) if incoming is not None else None
    return CallMade(
        call.ledger_name,
        now_ms,
        tuple(call.ids[name] for name in re.findall(r"{(\w+)}", call.template)),
        incoming.status if incoming is not None else 0,
        now_ms - sent_ms,
        reading.left if reading is not None else -1,
        _said(call, incoming, token) if incoming is not None else "",
    )


def _said(call: Call, incoming: Incoming, token: str) -> str:
    if incoming.status < 400 or incoming.status in UNSAID:
        return ""
    if not call.template.startswith(_TOLD_OF):
        return ""
    # A proxy may answer with the headers that it was sent. Cut afterwards, or half a token would stay.
    text = incoming.body[: LONGEST_SAID + 2 * len(token)].decode(errors="replace")
    for secret in filter(None, (token, json.dumps(token)[1:-1])):
        text = text.replace(secret, "…")
    return text.encode()[:LONGEST_SAID].decode(errors="ignore")
