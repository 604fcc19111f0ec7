"""The one place that turns BigCommerce's refusals into the domain's errors."""

import re
from typing import Any

from tillbridge.adapters.bigcommerce.answer import Answer, requested_wait
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import (
    Clash,
    Gone,
    NeedsAttention,
    Refused,
    StoreDown,
    TooLarge,
)
from tillbridge.domain.problems import attention_for, forbidden_for

_KINDS: dict[int, type[Refused]] = {404: Gone, 409: Clash, 413: TooLarge}
_FINAL_5XX = frozenset({501, 505, 507})
"""Not implemented, and limits of the store's plan: a retry changes nothing."""

_SCOPE = re.compile(r"\bstore_[a-z0-9_]+\b")


class ServerTroubleError(Exception):
    """A 5xx: the call may or may not have been applied."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(f"BigCommerce answered {status}")
        self.wait = wait


def check(call: Call, answer: Answer) -> None:
    """Return when the answer is a success; else raise the error that it stands for. The transport
    handles 401 and 429 itself."""
    status = answer.status
    if status < 300:
        return
    if status < 400:
        raise StoreDown("BigCommerce redirected the call. Check the store's API address.")
    if status == 403:
        raise _forbidden(call, answer)
    if status == 503 and "suspended" in title_of(answer).casefold():
        # Maintenance is a 503 too: only the text tells the two apart.
        raise attention_for(AttentionCode.SUSPENDED)
    if status == 408 or (status >= 500 and status not in _FINAL_5XX):
        raise ServerTroubleError(status, _retry_after(answer))
    raise _refusal(answer)


def title_of(answer: Answer) -> str:
    """Return the title of a v3 or v2 error, or words for the bare status when there is none."""
    body = answer.body
    if isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, dict):
        for key in ("title", "message", "detail"):
            if isinstance(body.get(key), str) and body[key].strip():
                return str(body[key]).strip()
    return f"BigCommerce answered {answer.status}"


def fields_of(errors: object) -> dict[str, str]:
    """Return BigCommerce's words for each field. `errors` may be {field: words}, a list, or
    nested."""
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
    """Return one line with the words of a 207's `errors`; it is never empty."""
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
    title = title_of(answer)
    said = title + str(_errors(answer))
    named = _SCOPE.search(said)
    scope = named.group() if named else call.scope
    if named is None and "scope" not in said.casefold():
        # A firewall's page, or a limit of the store's plan: who else is refused tells which.
        return forbidden_for(AttentionCode.SCOPE_MISSING, title=title, scope=scope)
    return attention_for(AttentionCode.SCOPE_MISSING, title=title, scope=scope)


def _refusal(answer: Answer) -> Refused:
    status, title, fields = answer.status, title_of(answer), fields_of(_errors(answer))
    batch = answer.body.get("batch_errors") if isinstance(answer.body, dict) else None
    if isinstance(batch, list) and batch:
        status, title, fields = _of_batch(batch, status)
    return _KINDS.get(status, Refused)(status, title, fields)


def _of_batch(batch: list[Any], status: int) -> tuple[int, str, dict[str, str]]:
    # A refused batch of variants has one entry per bad item. An entry's own status says more than
    # the 422 around them.
    first = next((item for item in batch if isinstance(item, dict)), {})
    own = first.get("status") if isinstance(first.get("status"), int) else None
    title = "; ".join(dict.fromkeys(_words(item) for item in batch))
    return (own if own in _KINDS else status), title, fields_of(batch)


def _errors(answer: Answer) -> object:
    return answer.body.get("errors") if isinstance(answer.body, dict) else None


def _retry_after(answer: Answer) -> float:
    # The quota headers come with every answer; they do not say how long the trouble lasts.
    names = ("Retry-After", "X-Retry-After")
    return requested_wait({name: answer.headers.get(name, "") for name in names}) or 0.0
