"""Somebody who edits the store behind the connector's back, through the public API."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from sandbox.bigcommerce.state.config import WEB_STAFF

TIMEOUT_SECONDS = 60

type Json = dict[str, Any]


@dataclass(slots=True)
class Damage:
    """What was edited and deleted.

    `edits`: POS-owned values by (product id, field as the settings name it). `web_edits`: the
    number of BigCommerce-owned values. `deleted`: product ids.
    """

    edits: set[tuple[int, str]] = field(default_factory=set)
    web_edits: int = 0
    deleted: set[int] = field(default_factory=set)


class Vandal:
    """Edits POS-owned and BigCommerce-owned values and deletes products; same seed, same edits.

    Raises requests.HTTPError if the store refuses.
    """

    def __init__(
        self,
        api_url: str,
        store_hash: str,
        token: str,
        seed: int = 1,
        session: requests.Session | None = None,
    ) -> None:
        """Take the caller's `session` where the token is a real store's."""
        self._base = f"{api_url.rstrip('/')}/stores/{store_hash}/v3"
        self._dice = random.Random(seed)
        self._session = session or requests.Session()
        self._session.headers.update(
            {"X-Auth-Token": token, "Accept": "application/json", "User-Agent": WEB_STAFF}
        )

    def edit(self, ids: Sequence[int], damage: Damage) -> None:
        """Edit two POS-owned and three BigCommerce-owned values of each product."""
        for place, number in enumerate(ids):
            product = self._call("GET", f"/catalog/products/{number}?include=variants")["data"]
            for kind in (2 * place, 2 * place + 1):
                self._edits(product)[kind % 5](product, damage)
            self._edit_owned_values(product)
            damage.web_edits += 3

    def delete(self, ids: Sequence[int], damage: Damage) -> None:
        """Delete products."""
        self._call("DELETE", f"/catalog/products?id:in={','.join(map(str, ids))}")
        damage.deleted.update(ids)

    def _edits(self, product: Json) -> tuple[Callable[[Json, Damage], None], ...]:
        has_variants = any(variant["option_values"] for variant in product["variants"])
        price = self._variant_price if has_variants else self._price
        return (self._name, price, self._description, self._stock, self._brand)

    def _name(self, product: Json, damage: Damage) -> None:
        self._put(product, name=f"{product['name'][:200]} BARGAIN {self._dice.randrange(99)}")
        damage.edits.add((product["id"], "name"))

    def _price(self, product: Json, damage: Damage) -> None:
        self._put(product, price=round(product["price"] * 1.1 + 1, 2))
        damage.edits.add((product["id"], "price"))

    def _variant_price(self, product: Json, damage: Damage) -> None:
        variant = self._dice.choice(product["variants"])
        price = round(variant["calculated_price"] * 1.1 + 1, 2)
        self._call("PUT", "/catalog/variants", [{"id": variant["id"], "price": price}])
        damage.edits.add((product["id"], "price"))

    def _description(self, product: Json, damage: Damage) -> None:
        self._put(product, description=f"<p>Buy now! {self._dice.randrange(999)}</p>")
        damage.edits.add((product["id"], "description"))

    def _brand(self, product: Json, damage: Damage) -> None:
        self._put(product, brand_name=f"Nobody & Sons {self._dice.randrange(99)}")
        damage.edits.add((product["id"], "brand"))

    def _stock(self, product: Json, damage: Damage) -> None:
        if product["inventory_tracking"] == "none":
            self._description(product, damage)
            return
        variant = self._dice.choice(product["variants"])
        identity = (
            {"variant_id": variant["id"]}
            if product["inventory_tracking"] == "variant"
            else {"product_id": product["id"]}
        )
        level = variant["inventory_level"] + 1 + self._dice.randrange(50)
        item = {"location_id": 1, **identity, "quantity": level}
        body = {"reason": "Behind your back", "items": [item]}
        self._call("PUT", "/inventory/adjustments/absolute", body)
        damage.edits.add((product["id"], "stock"))

    def _edit_owned_values(self, product: Json) -> None:
        number = self._dice.randrange(1_000)
        self._put(
            product,
            weight=round(self._dice.uniform(1, 9), 2),
            page_title=f"Found by a vandal {number}",
            search_keywords=f"vandal {number}",
        )

    def _put(self, product: Json, **fields: Any) -> None:
        self._call("PUT", f"/catalog/products/{product['id']}", fields)

    def _call(self, method: str, path: str, payload: Any = None) -> Any:
        answer = self._session.request(
            method, self._base + path, json=payload, timeout=TIMEOUT_SECONDS
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None
