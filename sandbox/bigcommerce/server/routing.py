"""From method and path to the documented operation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.bigcommerce.calls.call import Operation
from sandbox.bigcommerce.catalog import (
    brands,
    categories_routes,
    channels,
    custom_fields,
    images,
    modifiers,
    options,
    products_routes,
    v2_products,
    variants_routes,
)
from sandbox.bigcommerce.inventory import adjustments, items
from sandbox.bigcommerce.server import store_info

OPERATIONS: tuple[Operation, ...] = (
    *products_routes.OPERATIONS,
    *variants_routes.OPERATIONS,
    *options.OPERATIONS,
    *modifiers.OPERATIONS,
    *images.OPERATIONS,
    *custom_fields.OPERATIONS,
    *brands.OPERATIONS,
    *categories_routes.OPERATIONS,
    *channels.OPERATIONS,
    *adjustments.OPERATIONS,
    *items.OPERATIONS,
    *store_info.OPERATIONS,
    *v2_products.OPERATIONS,
)

PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a path leads: its template, its ids, and the operations by method."""

    template: str
    params: dict[str, int]
    operations: dict[str, Operation]


class Routes:
    """A table of path templates; fixed paths go before those with ids."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        tables: dict[tuple[str, str], dict[str, Operation]] = {}
        for operation in operations:
            place = tables.setdefault((operation.version, operation.template), {})
            place[operation.method] = operation
        self._fixed: dict[tuple[str, str], dict[str, Operation]] = {}
        self._patterns: list[tuple[str, re.Pattern[str], str, dict[str, Operation]]] = []
        for (version, template), methods in tables.items():
            if "{" not in template:
                self._fixed[version, template] = methods
                continue
            pattern = re.compile(PARAMETER.sub(r"(?P<\1>[0-9]{1,18})", template))
            self._patterns.append((version, pattern, template, methods))

    def match(self, version: str, path: str) -> Match | None:
        """Return where a path leads, None for a path that nobody documents."""
        methods = self._fixed.get((version, path))
        if methods is not None:
            return Match(path, {}, methods)
        for known, pattern, template, operations in self._patterns:
            if known != version:
                continue
            hit = pattern.fullmatch(path)
            if hit is not None:
                params = {name: int(text) for name, text in hit.groupdict().items()}
                return Match(template, params, operations)
        return None


ROUTES = Routes(OPERATIONS)
