"""Putting an odd thing into its place in a JSON text."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from typing import Any

from tillbridge.domain.errors import TillbridgeError

_HERE = "@here@"

type Path = tuple[str | int, ...]


def places_in(document: Any, at: Path = ()) -> Iterator[Path]:
    """Yield the path of every value in a document, of lists and objects too, but not of the document
    itself."""
    parts: Any = ()
    if isinstance(document, dict):
        parts = document.items()
    elif isinstance(document, list):
        parts = enumerate(document)
    for key, value in parts:
        yield (*at, key)
        yield from places_in(value, (*at, key))


LARGE = 20_000
"""Bytes; an odd thing of more takes its time."""


def worth_it(place: Path, odd: bytes) -> bool:
    """Return whether an odd thing is tried at a place: a large one is at the top of a document alone, for
    deeper down it is read by the same parser, and its smaller sister stands there."""
    return len(place) == 1 or len(odd) <= LARGE


def with_odd(document: Any, place: Path, odd: bytes) -> bytes:
    """Return a document as JSON, with an odd thing at one place of it."""
    return with_odds(document, [(place, odd)])


def with_odds(document: Any, odds: Sequence[tuple[Path, bytes]]) -> bytes:
    """Return a document as JSON, with odd things at some places of it, as far as one of them does not
    take another's place away."""
    changed = deepcopy(document)
    for number, (place, _) in enumerate(odds):
        holder = changed
        with suppress(TypeError, KeyError, IndexError):
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = f"{_HERE}{number}{_HERE}"
    raw = json.dumps(changed).encode()
    for number, (_, odd) in enumerate(odds):
        raw = raw.replace(f'"{_HERE}{number}{_HERE}"'.encode(), odd)
    return raw


def trouble_of(call: Callable[[], object]) -> TillbridgeError | None:
    """Return the error of ours that a call ends in, None when it is done. No other may leave it."""
    try:
        call()
    except TillbridgeError as trouble:
        return trouble
    return None


def as_text(raw: bytes) -> str:
    """Return bytes as the text that a queue delivers them as."""
    return raw.decode("utf-8", "surrogateescape")
