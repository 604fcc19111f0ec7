"""Check that a Push by a person never ends in silence: with a write to its product, or words on its
link that say why there was none. A world is checked at the end of its test, a house when it closes."""

from typing import Protocol

from tillbridge.domain.link import Link


class Pushing(Protocol):
    """What people push products in."""

    def silent_pushes(self) -> list[str]: ...


_open: list[Pushing] = []


def watch(place: Pushing) -> None:
    """Have `place` checked at the end of this test."""
    _open.append(place)


def check_and_forget() -> list[str]:
    """Return the products whose Push ended without a write and without words, in all that this test
    opened; then forget it."""
    silent = [product for place in _open for product in place.silent_pushes()]
    _open.clear()
    return silent


def says_why(link: Link | None) -> bool:
    """Return whether a link tells people something: a problem, or a note."""
    return link is not None and (link.problem is not None or bool(link.notes))
