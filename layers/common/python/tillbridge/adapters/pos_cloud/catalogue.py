"""The port PosCatalogue over the POS API of contracts/pos-api.openapi.yaml."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, override
from urllib.parse import quote

from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_cloud.calls import PosCall, PosCalls
from tillbridge.adapters.pos_cloud.client import PosCloud, product_of, records_of
from tillbridge.domain.errors import PosDown, Refused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.new_product import CreatedRecord, NewProduct, NewVariant
from tillbridge.domain.product import Product
from tillbridge.ports.pos_catalogue import PosCatalogue, Taken

PAGE = 500
ORIGIN = "bigcommerce"
LEAST_DECIMALS = 2


class PosCloudCatalogue(PosCatalogue):
    """The POS that `calls` reaches."""

    def __init__(self, calls: PosCalls) -> None:
        self._calls = calls
        self._reads = PosCloud(
            calls.base_url, calls.token, calls.clock, calls.deadline_ms, calls.http
        )

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        return self._reads.products(ids)

    @override
    def changed(self, since: int) -> Iterator[Product]:
        while True:
            query = {"since_version": str(since), "limit": str(PAGE), "include_deleted": "true"}
            answer = self._good(self._calls.send(PosCall("GET", "/v1/products", query)))
            records = records_of(answer)
            yield from map(product_of, records)
            body = json.loads(answer.body)
            next_version = body.get("next_version")
            if not records or not body.get("has_more") or not isinstance(next_version, int):
                return
            if next_version <= since:
                raise PosDown(
                    "The POS's list of changes does not advance. "
                    "Check how the POS handles since_version."
                )
            since = next_version

    @override
    def ensure_department(self, name: str) -> str:
        return self._ensure("departments", name)

    @override
    def ensure_vendor(self, name: str) -> str:
        return self._ensure("vendors", name)

    @override
    def create(self, product: NewProduct) -> CreatedRecord:
        """Create a product, with a digest of the body as its idempotency key."""
        body = _body(product)
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        headers = {"Idempotency-Key": f"tillbridge-{digest[:48]}"}
        answer = self._calls.send(PosCall("POST", "/v1/products", body=body, headers=headers))
        made = self._object(self._good(answer))
        version = made.get("version")
        if not isinstance(made.get("id"), str) or type(version) is not int:
            raise PosDown("The POS's answer to a create has no id or no version.")
        return CreatedRecord(made["id"], version)

    def _ensure(self, kind: str, name: str) -> str:
        path = f"/v1/{kind}/by-name/{quote(name.strip(), safe='')}"
        named = self._object(self._good(self._calls.send(PosCall("PUT", path))))
        if not isinstance(named.get("id"), str):
            raise PosDown(f"The POS's answer on {kind} has no id.")
        return str(named["id"])

    def _good(self, answer: Incoming) -> Incoming:
        if answer.status < 300:
            return answer
        if answer.status < 400:
            raise PosDown("The POS redirected the call. Check the POS's URL.")
        problem = _json(answer)
        code = problem.get("code")
        if answer.status == 409 and code in ("sku_taken", "external_id_taken"):
            raise Taken(str(code), str(problem.get("existing_id") or ""))
        words = problem.get("detail") or problem.get("title") or f"status {answer.status}"
        errors = problem.get("errors")
        fields = {
            str(each.get("field")): str(each.get("detail"))
            for each in (errors if isinstance(errors, list) else ())
            if isinstance(each, dict)
        }
        raise Refused(answer.status, str(words), fields)

    def _object(self, answer: Incoming) -> dict[str, Any]:
        found = _json(answer)
        if not found:
            raise PosDown("The POS's answer does not match the contract of its API.")
        return found


def _json(answer: Incoming) -> dict[str, Any]:
    try:
        body = json.loads(answer.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _body(product: NewProduct) -> dict[str, object]:
    return {
        "name": product.name,
        "sku": product.sku,
        "product_number": product.product_number,
        "external_ids": {ORIGIN: product.external_id},
        "description_html": product.description,
        "department_id": product.department_id,
        "vendor_id": product.vendor_id,
        "brand": product.brand,
        "price": _money(product.price),
        "cost": _money(product.cost),
        "barcodes": _barcodes(product.upc, product.gtin),
        "track_stock": product.track_stock,
        "images": [{"url": url} for url in product.images],
        "variants": [_variant(variant) for variant in product.variants],
        "active": product.active,
        **dict(product.plain),
    }


def _variant(variant: NewVariant) -> dict[str, object]:
    return {
        "sku": variant.sku,
        "product_number": variant.product_number,
        "price": _money(variant.price),
        "cost": _money(variant.cost),
        "barcodes": _barcodes(variant.upc, variant.gtin),
        "option_values": [{"name": name, "value": value} for name, value in variant.options],
        **dict(variant.plain),
    }


def _money(amount: Decimal | None) -> str | None:
    if amount is None:
        return None
    # The contract's money has two to four decimals; BigCommerce sends 10 and 3.5.
    text = f"{amount:f}"
    return text if len(text.partition(".")[2]) >= LEAST_DECIMALS else f"{amount:.2f}"


def _barcodes(upc: str, gtin: str) -> list[dict[str, str]]:
    codes = [{"type": "UPC", "code": upc.strip()}] if upc.strip() else []
    kind = "EAN" if len(gtin) == 13 else "GTIN"
    return codes + ([{"type": kind, "code": gtin}] if gtin else [])
