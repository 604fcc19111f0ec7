"""Events judged before they are put on the bus, by the readers of the functions that would take them: what no rule
hears, or no function could read, would otherwise be lost in silence or end in a dead-letter queue."""

import json
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from tillbridge.adapters.messages.import_requests import IMPORT_REQUESTED, read_import_message
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.messages.reconcile import PLAN, read_trigger
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.lanes import FROM_POS, PUSH_REQUESTED
from tillbridge.domain.link_requests import LINK_TRIGGERS
from tillbridge.domain.senders import PEOPLE
from tillbridge.domain.web_orders.asked_for import ORDER_REQUESTED

RECONCILE_REQUESTED = "reconcile.requested"

_OWN = "000000000000"
"""An account: whoever puts the event has the stack's own."""

POS_PREFIX = "pos."
"""What the source of a POS begins with, by the rule of its events (template.yaml)."""

type _Reader = Callable[[str], object]


def _listed_apart(_dataref: str, _sha256: str, _count: int) -> list[Any]:
    # The list lies in a bucket, which only the function reads.
    return []


_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys(
        (*FROM_POS, PUSH_REQUESTED, *LINK_TRIGGERS, ORDER_REQUESTED),
        lambda body: read_message(body, _listed_apart, _OWN),
    ),
    IMPORT_REQUESTED: lambda body: read_import_message(body, _OWN),
    **dict.fromkeys((RECONCILE_REQUESTED, PLAN), lambda body: read_trigger(json.loads(body), _OWN)),
}


def wrong_with(entry: Mapping[str, Any]) -> str:
    """Return what is wrong with an event, in words with the remedy; '' when a function takes it."""
    detail_type, source = str(entry.get("detail-type", "")), str(entry.get("source", ""))
    read = _READERS.get(detail_type)
    if read is None:
        meant = get_close_matches(detail_type, _READERS, 1)
        hint = (
            f" Did you mean '{meant[0]}'?"
            if meant
            else f" Send one of: {', '.join(sorted(_READERS))}."
        )
        return f"Nobody listens to '{detail_type}'.{hint}"
    if detail_type in FROM_POS and not source.startswith(POS_PREFIX):
        return f"'{source}' is not heard: the source of a POS begins with '{POS_PREFIX}'."
    if detail_type not in FROM_POS and source not in PEOPLE:
        return f"'{source}' is not heard: only {' and '.join(PEOPLE)} may ask for {detail_type}."
    try:
        read(json.dumps({"account": _OWN, **entry}))
    except TillbridgeError as problem:
        return str(problem)
    return ""
