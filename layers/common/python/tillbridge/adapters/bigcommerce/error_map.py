"""The error map: what BigCommerce refuses with becomes ours, in this one place."""

import re
from typing import Any

from tillbridge.adapters.bigcommerce.answer import Answer, requested_wait
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.domain.errors import (
    Clash,
    Gone,
    NeedsAttention,
    Refused,
    StoreDown,
    TooLarge,
)
from tillbridge.domain.problem_words import AttentionCode
from tillbridge.domain.problems import attention_for

_KINDS: dict[int, type[Refused]] = {404: Gone, 409: Clash, 413: TooLarge}
_FINAL_5XX = frozenset({501, 505, 507})
"""Not implemented, and limits of the plan: asking again changes nothing."""

_SCOPE = re.compile(r"\bstore_[a-z0-9_]+\b")


class ServerTroubleError(Exception):
    """A 5xx: the call may or may not have been applied."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(f"BigCommerce answered {status}")
        self.wait = wait


def check(call: Call, answer: Answer) -> None:
    """Returns when the answer is a success; else raises what it means. 401 and 429 never come
    here: the transport knows what to do with them."""
    status = answer.status
    if status < 300:
        return
    if status < 400:
        raise StoreDown("BigCommerce sent us to another address; check the store's API address.")
    if status == 403:
        raise _forbidden(call, answer)
    if status == 503 and "suspended" in title_of(answer).casefold():
        # The one place where only the words tell: maintenance is a 503 too.
        raise attention_for(AttentionCode.SUSPENDED)
    if status == 408 or (status >= 500 and status not in _FINAL_5XX):
        raise ServerTroubleError(status, _retry_after(answer))
    raise _refusal(answer)


def title_of(answer: Answer) -> str:
    """BigCommerce's headline, v3's or v2's; the bare status when there is none."""
    body = answer.body
    if isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, dict):
        for key in ("title", "message", "detail"):
            if isinstance(body.get(key), str) and body[key].strip():
                return str(body[key]).strip()
    return f"BigCommerce answered {answer.status}"


def fields_of(errors: object) -> dict[str, str]:
    """What was said of each field, whatever shape it has: {field: words}, lists, nested errors."""
    if isinstance(errors, dict):
        return {str(key): _words(value) for key, value in errors.items()}
    if isinstance(errors, list):
        merged: dict[str, str] = {}
        for place, item in enumerate(errors):
            nested = fields_of(item.get("errors")) if isinstance(item, dict) else {}
            merged |= nested or {str(place): _words(item)}
        return merged
    return {}


def words_of(errors: object) -> str:
    """One line that says what the `errors` of a 207 say; never empty."""
    title = errors.get("title") if isinstance(errors, dict) else None
    nested = errors.get("errors") if isinstance(errors, dict) and title else errors
    parts = [str(title)] if title else []
    parts += [words for words in fields_of(nested).values() if words not in parts]
    return "; ".join(parts) or "BigCommerce saved only a part of it"


def _words(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("title") or value.get("message") or value.get("detail") or value)
    if isinstance(value, list):
        return "; ".join(_words(item) for item in value)
    return str(value)


def _forbidden(call: Call, answer: Answer) -> NeedsAttention:
    told = _SCOPE.search(title_of(answer) + str(_errors(answer)))
    scope = told.group() if told else call.scope
    return attention_for(AttentionCode.SCOPE_MISSING, title=title_of(answer), scope=scope)


def _refusal(answer: Answer) -> Refused:
    status, title, fields = answer.status, title_of(answer), fields_of(_errors(answer))
    batch = answer.body.get("batch_errors") if isinstance(answer.body, dict) else None
    if isinstance(batch, list) and batch:
        status, title, fields = _of_batch(batch, status)
    return _KINDS.get(status, Refused)(status, title, fields)


def _of_batch(batch: list[Any], status: int) -> tuple[int, str, dict[str, str]]:
    # A batch of variants is refused with one entry per bad item; what one entry's own status
    # says is nearer the truth than the 422 around them.
    first = next((item for item in batch if isinstance(item, dict)), {})
    own = first.get("status")
    title = "; ".join(dict.fromkeys(_words(item) for item in batch))
    return (own if own in _KINDS else status), title, fields_of(batch)


def _errors(answer: Answer) -> object:
    return answer.body.get("errors") if isinstance(answer.body, dict) else None


def _retry_after(answer: Answer) -> float:
    # The quota headers are on every answer; they say nothing of how long trouble lasts.
    names = ("Retry-After", "X-Retry-After")
    return requested_wait({name: answer.headers.get(name, "") for name in names}) or 0.0
