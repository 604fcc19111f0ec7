"""The function `webhooks`: takes calls of BigCommerce and of vendors' POSes from the open internet."""

import base64
import binascii
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.webhooks import pos_hook_dependencies, webhook_dependencies
from tillbridge.observability import logger, observe_hook
from tillbridge.usecases.take_hook import HookCall, Outcome, take_hook
from tillbridge.usecases.take_pos_hook import PosHookCall, take_pos_hook

STATUS = {
    Outcome.TAKEN: 200,
    Outcome.UNSIGNED: 200,
    Outcome.UNNEEDED: 200,
    Outcome.UNKNOWN: 200,
    Outcome.NOBODY: 404,
    Outcome.FORGED: 401,
    Outcome.TOO_LARGE: 413,
}
"""BigCommerce makes a call again after every answer but 200, and blocks the domain of all hooks when too
many fail: what it may send for good reason is a 200. A POS makes a call again after every answer but a 2xx."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:  # noqa: ARG001 - Lambda's shape
    """Handle one call of the HTTP API (payload 2.0). No answer has a body: it would only help who
    guesses."""
    try:
        outcome = _taken(event)
    except Exception:  # noqa: BLE001 - whatever it is, the answer says so, and the call comes again
        logger.exception("webhook failed")
        observe_hook(None)
        return {"statusCode": 500}
    observe_hook(outcome)
    return {"statusCode": STATUS[outcome]}


def _taken(event: dict[str, Any]) -> Outcome:
    """Take a call by its route: the address of a store's webhooks names the store, that of a POS its kind."""
    path = event.get("pathParameters") or {}
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    body = _body(event.get("body") or "", encoded=event.get("isBase64Encoded", False))
    key = path.get("key", "")
    if "kind" in path:
        return take_pos_hook(PosHookCall(path["kind"], key, headers, body), pos_hook_dependencies())
    return take_hook(HookCall(path.get("store", ""), key, headers, body), webhook_dependencies())


def _body(text: str, *, encoded: bool) -> bytes:
    try:
        return base64.b64decode(text) if encoded else text.encode()
    except binascii.Error:  # the gateway's own encoding: nobody outside can break it
        return b""
