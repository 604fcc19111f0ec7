"""A probe: one sentence about Lightspeed that an account makes true or not."""

from collections.abc import Callable
from dataclasses import dataclass

from cli.check_pos.lightspeed.client import Shop


class Otherwise(Exception):
    """The fact is another than the sentence says; the message says which."""


class NotRun(Exception):
    """Nobody knows: the message says why it was not tried, or what a person has to do for it."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A fact. `otherwise`: what Tillbridge does where it is another, which is safe in either case. `creates`: it makes
    something in the account. `run` returns what was seen; it raises Otherwise or NotRun."""

    number: int
    sentence: str
    otherwise: str
    run: Callable[[Shop], str]
    creates: bool = False


def by_a_person(words: str) -> Callable[[Shop], str]:
    """Return a probe that only a person can make; `words`: what to do, and where to look."""

    def not_by_us(_: Shop) -> str:
        raise NotRun(words)

    return not_by_us
