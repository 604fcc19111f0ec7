"""One call to BigCommerce, as the history tells it."""

import re
from dataclasses import dataclass

PARTLY_SAVED = 207
"""HTTP status of an update saved only in part. What was not saved stays pending, since no value of
the product is to blame."""

UNSAID = (401, 429)
"""The status of a token that is dead, and of a quota that is spent: it says all."""

LONGEST_SAID = 2_048
"""So many bytes of what a refusal said are kept."""


@dataclass(frozen=True, slots=True)
class CallMade:
    """A call that was answered, or that got no answer. `name`: 'METHOD /path/{id}', as calls are counted;
    `ids`: what stands for the names in braces. `at_ms`: when it was answered (epoch ms), `ms`: how long that
    took. `status`: HTTP's, 0 without an answer. `left`: what BigCommerce said is left of the quota, -1 where
    it said nothing. `said`: how a refusal begins. There is never a token in it, nor anything of a web
    order but its number."""

    name: str
    at_ms: int = 0
    ids: tuple[int, ...] = ()
    status: int = 0
    ms: int = 0
    left: int = -1
    said: str = ""

    @property
    def writes(self) -> bool:
        """Return whether the call changes something."""
        return not self.name.startswith("GET ")

    @property
    def arrived(self) -> bool:
        """Return whether BigCommerce did what it was asked, or a part of it."""
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Return whether BigCommerce refused it, or a part of it. A dead token and a spent quota say nothing of
        the call."""
        return self.status == PARTLY_SAVED or (self.status >= 400 and self.status not in UNSAID)

    @property
    def path(self) -> str:
        """Return the path with the ids in it, as far as they are known."""
        ids = iter(self.ids)
        path = self.name.partition(" ")[2]
        return re.sub(r"\{\w+\}", lambda there: str(next(ids, there.group())), path)
