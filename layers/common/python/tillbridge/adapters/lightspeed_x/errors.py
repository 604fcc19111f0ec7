"""What an answer of X-Series means that is no success, by what the caller does about it."""

from typing import Any
from urllib.parse import urlsplit

from tillbridge.adapters.borders.json_texts import mended
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.lightspeed_x.resources import resource_of, scopes_of
from tillbridge.adapters.pos_session import asked_wait, object_in
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosBusy, PosDown, Refused
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problems import attention_for

VENDOR = ".retail.lightspeed.app"
"""What the hosts of all retailers end in."""

LONGEST_SAID = 300
MOST_FIELDS = 20
_HEADLINES = frozenset({"error", "message", "errors", "fields", "status", "code"})


def checked(method: str, path: str, answer: Incoming, now_ms: int) -> Incoming:
    """Return an answer that is a success, or the 404 of one record. Raise NeedsAttention for a scope, PosDown for a
    429, a redirect, 501 and the 404 of a list, and Refused, with X-Series' words for each field, for every other."""
    status = answer.status
    if status < 300 or (status == 404 and "{" in path):
        return answer
    if status == 403:
        scope = " ".join(scopes_of(method, path))
        raise attention_for(AttentionCode.POS_SCOPE_MISSING, scope=scope)
    if status == 429:
        wait = asked_wait(answer, now_ms)
        raise PosBusy("The POS asks us to wait before the next call.", wait or 5.0)
    if status < 400 or status in (404, 501):
        raise PosDown(
            f"The POS has nothing at {path} (status {status}). Check the POS account's address."
        )
    raise refusal(answer)


def dead_token(address: str) -> NeedsAttention:
    """Return the error of a token that the retailer at this address takes no more. Of a lab nobody sees the prefix."""
    host = urlsplit(address).hostname or ""
    prefix = host.removesuffix(VENDOR) if host.endswith(VENDOR) else "NAME"
    command = f"tillbridge pos connect lightspeed --prefix {prefix}"
    return attention_for(AttentionCode.POS_TOKEN_DEAD, Case.ACCOUNT, command=command)


def refusal(answer: Incoming) -> Refused:
    """Return what X-Series said of a call that it refuses: its headline, and its words for each field."""
    found = object_in(answer, mended)
    title = _said(found.get("message")) or _said(found.get("error")) or f"status {answer.status}"
    named = found.get("errors") or found.get("fields")
    fields = named if isinstance(named, dict) else _by_field(named)
    words = {_short(key): _said(value) for key, value in list(fields.items())[:MOST_FIELDS]}
    return Refused(answer.status, title, {key: said for key, said in words.items() if said})


def _by_field(named: Any) -> dict[str, Any]:
    rows = [each for each in named if isinstance(each, dict)] if isinstance(named, list) else []
    return {
        str(each.get("field") or number): each.get("message") or each.get("error")
        for number, each in enumerate(rows)
    }


def _said(value: Any) -> str:
    """Return the texts of a value as one line; X-Series says a text, a list of them, or lists by name."""
    if isinstance(value, str):
        return _short(value)
    if isinstance(value, dict):
        value = [each for key, each in value.items() if key not in _HEADLINES] or list(
            value.values()
        )
    texts = [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
    return _short("; ".join(texts[:MOST_FIELDS]))


def _short(text: object) -> str:
    return " ".join(str(text).split())[:LONGEST_SAID].rstrip(".")


def expired(path: str, what: str) -> NeedsAttention:
    """Return the error of an API that answers otherwise than the version that we asked for."""
    return attention_for(
        AttentionCode.POS_API_EXPIRED, version=resource_of(path).version, what=what
    )
