"""The numbers of web orders as people write them: 231 240-251."""

import re
from collections.abc import Iterable

from cli.asking.checked import HIGHEST_NUMBER
from cli.cannot_run import WrongArguments
from tillbridge.domain.ids import WebOrderId

MOST = 1_000
"""The most orders that one command names."""

_ONE_OR_MORE = re.compile(r"([0-9]{1,16})(?:-([0-9]{1,16}))?")


def order_numbers(words: Iterable[str]) -> list[WebOrderId]:
    """Return the orders that people name, one by one or from one to another. Raise WrongArguments."""
    found: dict[WebOrderId, None] = {}
    for word in words:
        match = _ONE_OR_MORE.fullmatch(word.strip().removeprefix("#"))
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= HIGHEST_NUMBER:
            raise WrongArguments(
                f"'{word[:40]}' names no web order. Write its number, such as 231, or from one to"
                " another, such as 240-251."
            )
        if len(found) + last - first + 1 > MOST:
            raise WrongArguments(f"These are more than {MOST:,} orders. Name fewer at once.")
        found |= dict.fromkeys(map(WebOrderId, range(first, last + 1)))
    return list(found)
