"""Finds the operations of a path, of those that a version has."""

import re
from dataclasses import dataclass

from sandbox.lightspeed_x.calls.call import Operation
from sandbox.lightspeed_x.catalog import catalog_routes
from sandbox.lightspeed_x.hooks import hooks_routes
from sandbox.lightspeed_x.stock import stock_routes

OPERATIONS = (
    *catalog_routes.OPERATIONS,
    *stock_routes.OPERATIONS,
    *hooks_routes.OPERATIONS,
)


@dataclass(frozen=True, slots=True)
class Match:
    """The route of a path: its operations by method, and the parameters in the path."""

    template: str
    operations: dict[str, Operation]
    params: dict[str, str]


def match(wire: str, path: str) -> Match | None:
    """Return the route of a path below the version, or None if this version has none."""
    for template, pattern in _PATTERNS:
        hit = pattern.fullmatch(path)
        found = {
            each.method: each
            for each in OPERATIONS
            if each.template == template and wire in each.wires
        }
        if hit and found:
            return Match(template, found, hit.groupdict())
    return None


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))


# Fixed paths go before those with parameters.
_PATTERNS = [
    (template, _pattern(template))
    for template in sorted({each.template for each in OPERATIONS}, key=lambda name: "{" in name)
]
