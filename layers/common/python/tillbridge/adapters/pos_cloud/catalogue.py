"""The port PosCatalogue over the POS API of contracts/pos-api.openapi.yaml."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, override
from urllib.parse import quote

from tillbridge.adapters.borders.json_texts import mended
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.adapters.pos_cloud.wire import id_of, version_of
from tillbridge.adapters.pos_session import PosCall, object_in
from tillbridge.domain.errors import PosDown, Refused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.new_product import CreatedRecord, NewProduct, NewVariant
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.ports.pos_catalogue import PosCatalogue, ReadBack, Taken
from tillbridge.ports.pos_feed import PosPage

ORIGIN = "bigcommerce"
LEAST_DECIMALS = 2


class PosCloudCatalogue(PosCatalogue):
    """The POS that `calls` reaches."""

    def __init__(self, calls: PosCalls) -> None:
        self._calls = calls
        of_calls = calls.address, calls.token, calls.clock, calls.deadline_ms, calls.http
        self._reads, self._feed = PosCloud(*of_calls), PosCloudFeed(*of_calls)

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        return self._reads.products(ids)

    @override
    def changed(self, since: int) -> Iterator[PosPage]:
        more = True
        while more:
            page = self._feed.changes(since)
            yield page
            more = page.more
            if more and page.next_version <= since:
                raise PosDown(
                    "The POS's list of changes does not advance. "
                    "Check how the POS handles since_version."
                )
            since = page.next_version

    @override
    def ensure_department(self, name: str) -> str:
        return self._ensure("departments", name)

    @override
    def ensure_vendor(self, name: str) -> str:
        return self._ensure("vendors", name)

    @override
    def create(self, product: NewProduct, *, again: bool) -> CreatedRecord:
        """Create a product, with a digest of the body as its idempotency key: by that the POS knows a call
        that comes again."""
        body = _body(product)
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        headers = {"Idempotency-Key": f"tillbridge-{digest[:48]}"}
        answer = self._calls.send(PosCall("POST", "/v1/products", body=body, headers=headers))
        made = self._object(self._good(answer))
        number, version = id_of(made), version_of(made)
        if number is None or version == NO_VERSION:
            raise PosDown("The POS's answer to a create has no id or no version.")
        return CreatedRecord(PosProductId(number), version)

    @override
    def read_back(self, made: Sequence[CreatedRecord]) -> Mapping[str, ReadBack]:
        versions = {PosProductId(each.id): each.version for each in made}
        records = self.products(list(versions))
        return {product: ReadBack(records[product], versions[product]) for product in records}

    def _ensure(self, kind: str, name: str) -> str:
        path = f"/v1/{kind}/by-name/{quote(name.strip(), safe='')}"
        named = self._object(self._good(self._calls.send(PosCall("PUT", path))))
        number = id_of(named)
        if number is None:
            raise PosDown(f"The POS's answer on {kind} has no id.")
        return number

    def _good(self, answer: Incoming) -> Incoming:
        if answer.status < 300:
            return answer
        if answer.status < 400:
            raise PosDown("The POS redirected the call. Check the POS's URL.")
        problem = object_in(answer, mended)
        code = problem.get("code")
        if answer.status == 409 and (code == "sku_taken" or code == "external_id_taken"):  # noqa: PLR1714 - of two, mypy knows which text it is
            raise Taken(code, id_of({"id": problem.get("existing_id")}) or "")
        words = problem.get("detail") or problem.get("title") or f"status {answer.status}"
        errors = problem.get("errors")
        fields = {
            str(each.get("field")): str(each.get("detail"))
            for each in (errors if isinstance(errors, list) else ())
            if isinstance(each, dict)
        }
        raise Refused(answer.status, str(words), fields)

    def _object(self, answer: Incoming) -> dict[str, Any]:
        found = object_in(answer, mended)
        if not found:
            raise PosDown("The POS's answer does not match the contract of its API.")
        return found


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
