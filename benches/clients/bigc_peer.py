"""Push a morning with the Python client bigc: bigc_peer.py WAY URL HASH TOKEN CHANGES."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bigc import BigCommerceAPI
from bigc.api_client import BigCommerceV3APIClient
from bigc.exceptions import BigCommerceException

PAUSE_S = 5
"""How long a loop of one's own waits after a 429, which the client does not repeat."""


def a_loop(client: Any, changes: Sequence[dict[str, Any]]) -> None:
    """Update one product after the other; log what fails, and go on."""
    for change in changes:
        try:
            client.products_v3.update(change["id"], values(change))
        except BigCommerceException as error:
            print(f"{change['id']}: {error}", file=sys.stderr)


def a_loop_that_pauses(client: Any, changes: Sequence[dict[str, Any]]) -> None:
    """The same, but wait and try again after a failure."""
    for change in changes:
        while True:
            try:
                client.products_v3.update(change["id"], values(change))
                break
            except BigCommerceException:
                time.sleep(PAUSE_S)  # a loop of one's own waits as long as it likes


def ten_a_call(client: Any, changes: Sequence[dict[str, Any]]) -> None:
    """Update ten products a call."""
    for start in range(0, len(changes), 10):
        client.api_v3.put("/catalog/products", data=list(changes[start : start + 10]))


def values(change: dict[str, Any]) -> dict[str, Any]:
    """Return what changes of a product, without its id."""
    return {key: value for key, value in change.items() if key != "id"}


WAYS: dict[str, Callable[[Any, Sequence[dict[str, Any]]], None]] = {
    "loop": a_loop,
    "pausing": a_loop_that_pauses,
    "ten": ten_a_call,
}

if __name__ == "__main__":
    way, api_url, store_hash, token, file = sys.argv[1:]
    # Only the address is changed.
    BigCommerceV3APIClient._prepare_url = lambda self, path: (  # noqa: SLF001 - there is no other way
        f"{api_url}/stores/{self.store_hash}/v3{path}"
    )
    WAYS[way](BigCommerceAPI(store_hash, token), json.loads(Path(file).read_text("utf-8")))
