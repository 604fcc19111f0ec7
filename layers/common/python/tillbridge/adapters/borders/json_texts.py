"""JSON from outside. It is read so that one odd value spoils no more than the record it stands in:
what cannot be held as it is comes through in a form that the fields' types refuse."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

DEEPEST = 100
"""Levels of nesting that are kept. No record of ours has more than six."""

LONGEST_NUMBER = 100
WIDEST_NUMBER = 400
"""A number with more characters, or further from the decimal point, stays a text: to compute with
1E+999999 takes minutes, and Python reads no whole number of 5,000 digits."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_ESCAPES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole emoji
    r"|(?P<broken>\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000))"
    r"|\\.",
    re.DOTALL,
)
REPLACEMENT = "\ufffd"
_BROKEN = re.compile("[\ud800-\udfff\x00]")


class NotJsonError(ValueError):
    """The text is not JSON. The message quotes nothing of it."""


def decoded(raw: bytes | str) -> Any:
    """Return the JSON value, with fractions as Decimal. Bytes that are no text stay as lone halves of
    characters, numbers out of all bounds as texts, and what is nested too deep is null. Raise
    NotJsonError."""
    try:
        return _value(_text(raw))
    except (ValueError, RecursionError):
        # Not chained: json's own error quotes the text, which may be a secret.
        raise NotJsonError("the text is not JSON") from None


def mended(raw: bytes | str) -> Any:
    """Return the JSON value like `decoded`, with U+FFFD in the place of each broken character, for
    texts that we only read and never send back. Raise NotJsonError."""
    try:
        text = _BROKEN.sub(REPLACEMENT, _text(raw))
    except ValueError:
        raise NotJsonError("the text is not JSON") from None
    if "\\u" in text:
        text = _ESCAPES.sub(_mend, text)
    return decoded(text)


def is_broken(text: str) -> bool:
    """Return whether a text has half a character, or NUL: neither can be sent or kept."""
    return not (text.isascii() and "\0" not in text) and _BROKEN.search(text) is not None


def _text(raw: bytes | str) -> str:
    if isinstance(raw, bytes):
        encoding = json.detect_encoding(raw)
        raw = raw.decode(encoding, "surrogateescape" if "utf-8" in encoding else "strict")
    return raw.removeprefix("\ufeff")


def _value(text: str) -> Any:
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        return _DECODER.decode(_flattened(text))
    return _DECODER.decode(_flattened(text)) if _is_deep(value) else value


def _is_deep(value: Any) -> bool:
    """Return whether a value is nested deeper than DEEPEST, where whoever walks it must fail."""
    level: list[Any] = [[value]]
    for _ in range(DEEPEST + 1):
        parts = (each.values() if isinstance(each, dict) else each for each in level)
        level = [part for some in parts for part in some if isinstance(part, (dict, list))]
        if not level:
            return False
    return True


def _flattened(text: str) -> str:
    """Return the text with null for all that lies deeper than DEEPEST: the field that holds it keeps
    its list or object, and so is refused where a text or a number belongs."""
    kept: list[str] = []
    start = depth = 0
    for token in _TOKEN.finditer(text):
        mark = text[token.start()]
        if mark in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept.append(text[start : token.start()])
        elif mark in "]}":
            if depth == DEEPEST + 1:
                kept.append("null")
                start = token.end()
            depth -= 1
    return "".join([*kept, text[start:]])


def _mend(escape: re.Match[str]) -> str:
    return REPLACEMENT if escape["broken"] else escape.group()


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= LONGEST_NUMBER else text


def _fraction(text: str) -> Decimal | str:
    try:
        number = Decimal(text) if len(text) <= LONGEST_NUMBER else None
    except InvalidOperation:
        number = None
    return text if number is None or abs(number.adjusted()) > WIDEST_NUMBER else number


# Not strict: a line break that a POS forgot to escape spoils no page.
_DECODER = json.JSONDecoder(
    strict=False, parse_int=_whole, parse_float=_fraction, parse_constant=str
)
