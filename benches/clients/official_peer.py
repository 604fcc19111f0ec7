"""Push a morning with BigCommerce's Python client: official_peer.py WAY URL HASH TOKEN CHANGES."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bigcommerce.api import BigcommerceApi
from bigcommerce.connection import OAuthConnection

MANAGED = {"min_requests_remaining": 2, "wait": True, "callback_function": None}
"""The client's own care for the quota, as its README switches it on."""

type Changes = Sequence[dict[str, Any]]


def read_and_update(api_url: str, store_hash: str, token: str, changes: Changes) -> None:
    """Read each product, then update it, through the old API."""
    api = BigcommerceApi(
        client_id="client", store_hash=store_hash, access_token=token,
        rate_limiting_management=MANAGED,
    )  # fmt: skip
    api.connection.full_path = lambda path: f"{api_url}/stores/{store_hash}/v2/{path}"
    for change in changes:
        level = change["inventory_level"]
        api.Products.get(change["id"]).update(price=str(change["price"]), inventory_level=level)


def a_loop(api_url: str, store_hash: str, token: str, changes: Changes) -> None:
    """Update one product after the other."""
    connection = OAuthConnection(
        "client", store_hash, token, api_path="/stores/{}/v3/{}", rate_limiting_management=MANAGED
    )
    # The client itself writes https:// before every host.
    connection.full_path = lambda path: f"{api_url}/stores/{store_hash}/v3/{path.lstrip('/')}"
    for change in changes:
        values = {key: value for key, value in change.items() if key != "id"}
        connection.put(f"catalog/products/{change['id']}", values)


WAYS: dict[str, Callable[[str, str, str, Changes], None]] = {
    "read": read_and_update,
    "loop": a_loop,
}

if __name__ == "__main__":
    way, api_url, store_hash, token, file = sys.argv[1:]
    WAYS[way](api_url, store_hash, token, json.loads(Path(file).read_text("utf-8")))
