"""Errors as answers: application/problem+json (RFC 9457), in words for people and codes for programs. No
answer repeats a value that was sent, or tells of our own insides."""

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from tillbridge.domain.errors import (
    BadCursor,
    CannotAsk,
    RetryLater,
    SavedByNewer,
    UnknownStore,
    UnreadableStore,
)

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Headers of every answer: nobody keeps it, and no browser takes it for a page."""

_MOST_FIELDS = 20
_LONGEST_PLACE = 200


@dataclass(eq=False)
class Refused(Exception):
    """A call that is answered with a problem: HTTP status, code, words, and which `fields` are wrong."""

    status: int
    code: str
    detail: str
    fields: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def not_found() -> Refused:
    """Return the one answer for an address that is none and for a store that one may not see."""
    return Refused(404, "not_found", "There is no such thing here, or you may not see it.")


def refused_by(error: Exception, request: str) -> Refused:
    """Return what an error is to the caller. What nobody foresaw is logged with the id of the `request`."""
    match error:
        case Refused():
            return error
        case RequestValidationError() if not _of_our_answer(error):
            return Refused(
                422, "invalid", "Some of what was sent is not as it should be.", _fields(error)
            )
        case BadCursor():
            words = "This place in the list is none of this list. Begin at its first page."
            return Refused(400, "bad_cursor", words)
        case CannotAsk():
            return Refused(422, "cannot_ask", str(error))
        case UnknownStore():
            return not_found()
        case RetryLater():
            after = str(max(1, math.ceil(error.wait)))
            return Refused(503, "retry_later", str(error), headers={"Retry-After": after})
        case UnreadableStore() | SavedByNewer():
            log.error("store cannot be read", extra={"request_id": request, "words": str(error)})
            return Refused(500, "store_unreadable", str(error))
    log.error("api call failed", exc_info=error, extra={"request_id": request})
    words = f"Tillbridge failed. Report it with this number of the call: {request}."
    return Refused(500, "failed", words)


def response(refused: Refused) -> Response[str]:
    """Return the problem as an answer of the resolver."""
    return Response(refused.status, CONTENT_TYPE, body(refused), headers=dict(refused.headers))


def answer(refused: Refused) -> dict[str, object]:
    """Return the problem as an answer of the function (payload 2.0)."""
    headers = {**PRIVATE, "Content-Type": CONTENT_TYPE, **refused.headers}
    return {
        "statusCode": refused.status,
        "headers": headers,
        "body": body(refused),
        "isBase64Encoded": False,
        "cookies": [],
    }


def body(refused: Refused) -> str:
    """Return the JSON of a problem."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(refused.status).phrase,
        "status": refused.status,
        "detail": refused.detail,
        "code": refused.code,
        "fields": list(refused.fields),
    }
    return json.dumps(told)


def _of_our_answer(error: RequestValidationError) -> bool:
    """Return whether our own answer was not as its model says: no fault of the caller's."""
    return any(each["loc"][:1] == ("response",) for each in error.errors())


def _fields(error: RequestValidationError) -> list[dict[str, str]]:
    return [
        {
            "place": ".".join(str(part) for part in each["loc"])[:_LONGEST_PLACE],
            "kind": each["type"],
        }
        for each in error.errors()[:_MOST_FIELDS]
    ]
