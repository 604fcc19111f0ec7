"""The function `webhooks`: takes BigCommerce's calls from the open internet, and marks what they name."""

import base64
import binascii
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.bootstrap.webhooks import webhook_dependencies
from tillbridge.observability import logger, observe_hook
from tillbridge.usecases.take_hook import HookCall, Outcome, take_hook

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
many fail: what it may send for good reason is a 200."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:  # noqa: ARG001 - Lambda's shape
    """Handle one call of the HTTP API (payload 2.0). No answer has a body: it would only help who
    guesses."""
    try:
        outcome = take_hook(_call(event), webhook_dependencies())
    except Exception:  # noqa: BLE001 - whatever it is, the answer says so, and the call comes again
        logger.exception("webhook failed")
        observe_hook(None)
        return {"statusCode": 500}
    observe_hook(outcome)
    return {"statusCode": STATUS[outcome]}


def _call(event: dict[str, Any]) -> HookCall:
    path = event.get("pathParameters") or {}
    headers = event.get("headers") or {}
    return HookCall(
        store=path.get("store", ""),
        key=path.get("key", ""),
        headers={name.lower(): value for name, value in headers.items()},
        body=_body(event.get("body") or "", encoded=event.get("isBase64Encoded", False)),
    )


def _body(text: str, *, encoded: bool) -> bytes:
    try:
        return base64.b64decode(text) if encoded else text.encode()
    except binascii.Error:  # the gateway's own encoding: nobody outside can break it
        return b""
