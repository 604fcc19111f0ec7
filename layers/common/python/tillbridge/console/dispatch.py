"""From an address to the page that answers it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import category
from urllib.parse import unquote

from tillbridge.console.call import BadCallError
from tillbridge.console.claims import STORE
from tillbridge.console.guard import NOT_FOUND, SAFE
from tillbridge.console.visit import Route

_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
PATTERNS: Mapping[str, str] = {
    "store": STORE,
    "plan": _ID,
    "job": _ID,
    "run": _ID,
    "number": r"[1-9][0-9]{0,17}",
    "product": r"[^/]{1,3060}",  # 255 characters of up to four bytes, percent-encoded
}
"""What a value in an address may look like. One that fits none is no address of ours."""

_LONGEST_PRODUCT = 255
_ENCODES_NOTHING = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Found:
    """A route, and the values in the address."""

    route: Route
    values: Mapping[str, str]


def find(routes: Sequence[Route], method: str, path: str) -> Found:
    """Return the route that answers. Raise BadCallError: 404 for an address of no page, 405 with the methods
    that it takes for a method that none answers."""
    fitting = [
        (route, match) for route in routes if (match := _pattern(route.path).fullmatch(path))
    ]
    wanted = "GET" if method in SAFE else method
    for route, match in fitting:
        if route.method == wanted:
            return Found(route, _values(match.groupdict()))
    if fitting:
        raise BadCallError(405, "Not here", "This address does nothing of the kind. Go back.")
    raise BadCallError(404, "Not found", NOT_FOUND)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    return re.compile(
        "".join(
            f"(?P<{part}>{PATTERNS[part]})" if place % 2 else re.escape(part)
            for place, part in enumerate(parts)
        )
    )


def _values(raw: Mapping[str, str]) -> Mapping[str, str]:
    return {n: product_in(value) if n == "product" else value for n, value in raw.items()}


def product_in(raw: str) -> str:
    """Return the id of a POS product in an address, percent-encoded. Raise BadCallError, 404, for what can be
    none."""
    try:
        product = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        raise BadCallError(404, "Not found", NOT_FOUND) from None
    # What joins two emoji into one is not printable either, and may be in an id.
    controls = any(category(each) == "Cc" for each in product)
    if _ENCODES_NOTHING.search(raw) or controls or len(product) > _LONGEST_PRODUCT:
        raise BadCallError(404, "Not found", NOT_FOUND)
    return product
