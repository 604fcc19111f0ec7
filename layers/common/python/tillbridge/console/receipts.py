"""Receipts of dead letters, as a page or an answer hands them out: signed, for one person, store and queue, and
only as long as nobody else sees the dead letter."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tillbridge.console import session
from tillbridge.domain.dead_letters import Box, DeadLetter
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person

_PURPOSE = b"dead letter"

MOST = 100
"""Receipts that one form may send."""


class Reader(Protocol):
    """Who reads, in which store ("" in none), when, and the keys that sign."""

    @property
    def person(self) -> Person:
        """Return who reads."""
        ...

    @property
    def store(self) -> StoreId:
        """Return the store whose dead letters are read."""
        ...

    @property
    def now_ms(self) -> int:
        """Return the time (epoch ms)."""
        ...

    @property
    def keys(self) -> Sequence[bytes]:
        """Return the keys, the newest first."""
        ...


def sealed(reader: Reader, letter: DeadLetter, until_ms: int) -> str:
    """Return what a person decides with about a dead letter, until then (epoch ms)."""
    values = {
        "of": _whose(reader),
        "box": letter.box.value,
        "id": letter.id,
        "receipt": letter.receipt,
        "until": until_ms,
    }
    return session.sealed(_PURPOSE, values, reader.keys[0])


def opened(reader: Reader, texts: Sequence[str]) -> Mapping[int, DeadLetter]:
    """Return the dead letters of receipts by their places, without bodies. Left out is what was handed to
    somebody else, in another store, is too old, or was never ours."""
    found = ((place, _letter(reader, text)) for place, text in enumerate(texts[:MOST]))
    return {place: letter for place, letter in found if letter is not None}


def _letter(reader: Reader, text: str) -> DeadLetter | None:
    values: dict[str, Any] | None = session.opened(_PURPOSE, text, reader.keys)
    if values is None or values["of"] != _whose(reader) or values["until"] <= reader.now_ms:
        return None
    return DeadLetter(Box(values["box"]), values["id"], values["receipt"], "", 0, 0)


def _whose(reader: Reader) -> list[str]:
    return [reader.person.issuer, reader.person.subject, reader.store]
