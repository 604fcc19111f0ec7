"""Filling a sandbox store with a catalogue, as its web staff would."""

from collections.abc import Callable, Sequence
from itertools import batched

import requests

from cli.counted import counted
from cli.demo.input import MOST_SHOWN
from cli.demo.store_products import StoreCatalogue
from cli.screen.console import console
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import WEB_STAFF
from tillbridge.adapters.http import new_http_session

CATEGORIES_A_CALL = 50
LONGEST_CATEGORY = 50
"""In characters. Both are BigCommerce's limits."""


def seed_store(
    server: StoreServer, catalogue: StoreCatalogue, watch: Callable[[int, int], None]
) -> None:
    """Fill the store as its web staff would, categories first.

    Call `watch` with the number of products done, and of all."""
    wanted = {name.casefold(): name for _, names in catalogue.products for name in names}
    for name in [name for name in wanted.values() if len(name) > LONGEST_CATEGORY]:
        del wanted[name.casefold()]
        catalogue.notes.append(
            f"The department '{name}' has {counted(len(name), 'character')}; a category takes "
            f"{LONGEST_CATEGORY}, so its products have none."
        )
    numbers = _make_categories(server, sorted(wanted.values()))
    for place, (body, names) in enumerate(catalogue.products):
        watch(place, len(catalogue.products))
        known = [numbers[key] for name in names if (key := name.casefold()) in numbers]
        product = {**body, "categories": known}
        try:
            server.control.seed(products=[product])
        except (ValueError, requests.HTTPError) as problem:
            catalogue.skipped.append(f"'{body['name']}': BigCommerce refuses it ({problem}).")
    for kind, told in (("note", catalogue.notes), ("left out", catalogue.skipped)):
        for words in told[:MOST_SHOWN]:
            console.print(f"{kind}: {words}", style="dim")
        if len(told) > MOST_SHOWN:
            console.print(f"{kind}: … and {len(told) - MOST_SHOWN} more", style="dim")


def _make_categories(server: StoreServer, names: Sequence[str]) -> dict[str, int]:
    """Make categories, and return their numbers by name without case."""
    address = f"{server.api_url}/stores/{server.store_hash}/v3/catalog/trees/categories"
    headers = {"X-Auth-Token": server.token, "User-Agent": WEB_STAFF}
    numbers: dict[str, int] = {}
    with new_http_session() as session:
        for part in batched(names, CATEGORIES_A_CALL, strict=False):
            body = [{"tree_id": 1, "parent_id": 0, "name": name} for name in part]
            answer = session.post(address, json=body, headers=headers, timeout=30)
            answer.raise_for_status()
            made = answer.json()["data"]
            numbers |= {each["name"].casefold(): each["category_id"] for each in made}
    return numbers
