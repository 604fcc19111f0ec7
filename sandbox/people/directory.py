"""The people of the local world."""

from collections.abc import Mapping
from dataclasses import dataclass

CLAIM = "tillbridge"
"""The claim that lists roles."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who can sign in, with what the buttons say of them and what their claim lists."""

    key: str
    name: str
    words: str
    roles: tuple[str, ...]


PEOPLE: Mapping[str, Somebody] = {
    each.key: each
    for each in (
        Somebody("olivia", "Olivia", "owner of every store", ("*:owner",)),
        Somebody("sam", "Sam", "staff of demo", ("demo:staff",)),
        Somebody("vera", "Vera", "may look at every store", ("*:viewer",)),
    )
}
