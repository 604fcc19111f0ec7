"""The POS's products as it sends them, in plain JSON."""

from collections.abc import Iterator
from typing import Any

from cli.deployment.connections import connection_of
from cli.deployment.secrets import pos_token
from cli.deployment.target import Target
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.ids import StoreId

PAGE = 500


def pos_products(target: Target, store: StoreId) -> Iterator[dict[str, Any]]:
    """Yield every product that is not deleted, by ascending version, 500 per call."""
    connection = connection_of(target, store)
    session = new_http_session()
    token = pos_token(target, connection.pos_account.key)
    session.headers["Authorization"] = f"Bearer {token}"
    since = 0
    while True:
        answer = session.get(
            f"{connection.pos_account.address}/v1/products",
            params={"since_version": str(since), "limit": str(PAGE)},
            timeout=30,
        )
        answer.raise_for_status()
        page = answer.json()
        yield from (each for each in page["data"] if not each.get("deleted_at"))
        if not page["has_more"]:
            return
        since = page["next_version"]
