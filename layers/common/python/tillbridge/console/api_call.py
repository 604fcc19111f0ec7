"""A call of the API."""

import json
import math
from collections.abc import Mapping
from typing import Any

from tillbridge.console.call import BadCallError, Call, call_of
from tillbridge.console.claims import person_of_claims
from tillbridge.console.faults import log_fault
from tillbridge.console.headers import page_headers
from tillbridge.console.parts import Console
from tillbridge.console.replies import reply
from tillbridge.domain.errors import RetryLater
from tillbridge.usecases.console.entry import EntryDeps


def api_call(event: Mapping[str, Any], console: Console, request_id: str) -> dict[str, Any]:
    """Hand a call with a token on to the API. The gateway has checked the token; one without is refused here
    too, whatever stood before this function."""
    entry, call = console.entry, Call("GET", "/api")
    try:
        call = call_of(event)
        if call.claims is None:
            return _problem(call, entry, 401, "Send a bearer token of the console's issuer.")
        person = person_of_claims(call.claims, entry.claim)
        from tillbridge.console.api.app import handle  # noqa: PLC0415 - pages need no pydantic

        return handle(dict(event), person, console.deps(), entry.keys.keys)
    except BadCallError as bad:
        return _problem(call, entry, bad.status, str(bad))
    except RetryLater as busy:
        wait = {"retry-after": str(max(1, math.ceil(busy.wait)))}
        return _problem(call, entry, 503, "This cannot be answered just now.", wait)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the answer says so and the log has it
        log_fault(fault, call, request_id)
        words = f"Tillbridge itself failed. Whoever runs it finds it in the log under {request_id}."
        return _problem(call, entry, 500, words)


def _problem(
    call: Call, entry: EntryDeps, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    body = json.dumps({"type": "about:blank", "status": status, "detail": detail})
    sent = {**page_headers(entry), **(headers or {})}
    if status == 401:
        sent["www-authenticate"] = "Bearer"
    return reply(call, status, body, "application/problem+json", headers=sent)
