"""The table of documented operations, looked up by version and path."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.bigcommerce.calls.call import Operation
from sandbox.bigcommerce.catalog import (
    assignments_routes,
    brands_routes,
    categories_routes,
    channels_routes,
    custom_fields_routes,
    images_routes,
    modifiers_routes,
    options_routes,
    products_routes,
    v2_products_routes,
    variants_routes,
)
from sandbox.bigcommerce.inventory import adjustments_routes, items_routes
from sandbox.bigcommerce.orders import inventory_settings_routes, orders_routes, refunds_routes
from sandbox.bigcommerce.server import store_info_routes

OPERATIONS: tuple[Operation, ...] = (
    *products_routes.OPERATIONS,
    *variants_routes.OPERATIONS,
    *options_routes.OPERATIONS,
    *modifiers_routes.OPERATIONS,
    *images_routes.OPERATIONS,
    *custom_fields_routes.OPERATIONS,
    *brands_routes.OPERATIONS,
    *categories_routes.OPERATIONS,
    *channels_routes.OPERATIONS,
    *assignments_routes.OPERATIONS,
    *adjustments_routes.OPERATIONS,
    *items_routes.OPERATIONS,
    *orders_routes.OPERATIONS,
    *refunds_routes.OPERATIONS,
    *inventory_settings_routes.OPERATIONS,
    *store_info_routes.OPERATIONS,
    *v2_products_routes.OPERATIONS,
)

PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Match:
    """A matched path: its template, its ids, and the operations by method."""

    template: str
    params: dict[str, int]
    operations: dict[str, Operation]


class Routes:
    """A table of path templates; fixed paths take precedence over those with ids."""

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
        """Return the match of a path, None if it is not documented."""
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
