"""The people who work in BigCommerce: they fill in what it owns, through the public API."""

import random
from dataclasses import dataclass
from typing import Any

import requests

from sandbox.bigcommerce.state.config import WEB_STAFF

TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class StaffReport:
    """The number of products and variants that the web staff filled in."""

    products: int
    variants: int


class WebStaff:
    """Fills in the eight things BigCommerce owns, formats descriptions; same seed, same values."""

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
        self._seed = seed
        self._session = session or requests.Session()
        self._session.headers.update(
            {"X-Auth-Token": token, "Accept": "application/json", "User-Agent": WEB_STAFF}
        )

    def fill(self, product_ids: list[int] | None = None) -> StaffReport:
        """Fill in these products (all, if `product_ids` is None) and their variants.

        Raises requests.HTTPError if the store refuses.
        """
        products = self._products(product_ids)
        for start in range(0, len(products), 10):
            part = products[start : start + 10]
            changes = [self._product_change(product) for product in part]
            self._call("PUT", "/catalog/products", changes)
        for product in products:
            self._customise(product)
        variants = [variant for product in products for variant in product["variants"]]
        for start in range(0, len(variants), 50):
            part = variants[start : start + 50]
            self._call("PUT", "/catalog/variants", [self._variant_change(item) for item in part])
        return StaffReport(len(products), len(variants))

    def _products(self, product_ids: list[int] | None) -> list[dict[str, Any]]:
        wanted = None if product_ids is None else set(product_ids)
        products: list[dict[str, Any]] = []
        last = 0
        while True:
            # include=modifiers caps the page at 10, so the next page starts after the last id.
            page = self._call(
                "GET",
                f"/catalog/products?include=variants,custom_fields,modifiers"
                f"&id:greater={last}&sort=id&limit=10",
            )["data"]
            if not page:
                return products
            last = page[-1]["id"]
            products += [item for item in page if wanted is None or item["id"] in wanted]

    def _dice(self, *key: object) -> random.Random:
        return random.Random(":".join(str(part) for part in (self._seed, *key)))

    def _product_change(self, product: dict[str, Any]) -> dict[str, Any]:
        dice = self._dice("product", product["id"])
        number = dice.randrange(10_000)
        held = {field["name"]: field["id"] for field in product["custom_fields"]}
        care: dict[str, Any] = {
            "name": "Care",
            "value": f"Wash at {dice.randrange(20, 90)} degrees",
        }
        if "Care" in held:
            care["id"] = held["Care"]
        return {
            "id": product["id"],
            "weight": round(dice.uniform(0.1, 30), 2),
            "width": dice.randrange(1, 200),
            "height": dice.randrange(1, 200),
            "depth": dice.randrange(1, 200),
            "retail_price": round(product["price"] * 1.5 + 1, 2),
            "sale_price": round(product["price"] * 0.9, 2),
            "tax_class_id": dice.randrange(1, 4),
            "product_tax_code": f"PC{dice.randrange(100_000, 999_999)}",
            "page_title": f"Buy {product['name']}"[:200],
            "meta_keywords": ["shop", f"offer {number}"],
            "meta_description": f"Our web team's choice no. {number}.",
            "search_keywords": f"choice {number}",
            "custom_url": {"url": f"/choice/{product['id']}-{number}/", "is_customized": True},
            "custom_fields": [care],
            "description": (
                f'<div class="web"><h2>Choice no. {number}</h2>'
                f"<p><strong>Loved by our web team.</strong></p>{product['description']}</div>"
            ),
        }

    def _variant_change(self, variant: dict[str, Any]) -> dict[str, Any]:
        dice = self._dice("variant", variant["id"])
        price = variant["calculated_price"]
        return {
            "id": variant["id"],
            "weight": round(dice.uniform(0.1, 30), 2),
            "width": dice.randrange(1, 200),
            "height": dice.randrange(1, 200),
            "depth": dice.randrange(1, 200),
            "retail_price": round(price * 1.6 + 1, 2),
            "sale_price": round(price * 0.95, 2),
        }

    def _customise(self, product: dict[str, Any]) -> None:
        dice = self._dice("modifier", product["id"])
        modifier = {
            "type": "text",
            "required": False,
            "display_name": "Engraving",
            "sort_order": 0,
            "config": {"text_characters_limited": True, "text_max_length": dice.randrange(5, 60)},
        }
        path = f"/catalog/products/{product['id']}/modifiers"
        held = [item["id"] for item in product["modifiers"] if item["display_name"] == "Engraving"]
        if held:
            self._call("PUT", f"{path}/{held[0]}", modifier)
        else:
            self._call("POST", path, modifier)

    def _call(self, method: str, path: str, payload: Any = None) -> Any:
        answer = self._session.request(
            method, self._base + path, json=payload, timeout=TIMEOUT_SECONDS
        )
        answer.raise_for_status()
        return answer.json()
