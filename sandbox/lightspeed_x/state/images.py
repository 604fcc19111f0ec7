"""Images, which the vendor works on after the save: each bumps its product's version later."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Images:
    """Images under way, and the version each got when it was done. The caller holds the lock.

    Times are seconds of the account's clock.
    """

    clock: Callable[[], float]
    after_s: float
    _due: list[tuple[float, str, str]] = field(default_factory=list)
    _done: dict[tuple[str, str], int] = field(default_factory=dict)

    def begin(self, product_id: str, url: str) -> None:
        """Begin to work on an image of a product."""
        self._due.append((self.clock() + self.after_s, product_id, url))

    def waiting(self) -> int:
        """Return how many are under way."""
        return len(self._due)

    def ready(self) -> list[tuple[str, str]]:
        """Return the images that are done by now, once each, as (product, url)."""
        now = self.clock()
        found = [(product_id, url) for at, product_id, url in self._due if at <= now]
        self._due = [each for each in self._due if each[0] > now]
        return found

    def done(self, product_id: str, url: str, version: int) -> None:
        """Note the version with which an image was done."""
        self._done[product_id, url] = version

    def version(self, product_id: str, url: str) -> int | None:
        """Return that version, None while the image is under way."""
        return self._done.get((product_id, url))
