"""`POST /v1/products`: products created by a connector, once per Idempotency-Key."""

from __future__ import annotations

import json
import re
import threading
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from sandbox.pos.cloud import PosCloud
from sandbox.pos.inputs import ProductInput, VariantInput
from sandbox.pos.plain_fields import PRODUCT_FIELDS
from sandbox.pos.refusal import PosRefusal
from sandbox.pos.wire import without

MOST_VARIANTS = 200
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]*$", max_length=64)]
"""A SKU as the API takes it: letters and digits; for a blank one the POS issues a number."""

_MONEY = re.compile(r"\d{1,16}\.\d{2,4}")


def _money(value: object) -> object:
    if value is None or (isinstance(value, str) and _MONEY.fullmatch(value)):
        return value
    raise ValueError("is a text with two to four decimal places, such as '12.50'")


WireMoney = Annotated[Decimal, BeforeValidator(_money)]
"""Money as in contracts/pos-api.openapi.yaml: a text, never a number and never '12.5'."""


class VariantCreate(VariantInput):
    """A variant to create; the POS assigns its id."""

    id: None = None
    sku: Code = ""
    price: WireMoney | None = None
    cost: WireMoney | None = None


class ProductCreate(ProductInput):
    """The body of a create, within the limits of this POS; departments and vendors by id."""

    id: None = None
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    sku: Code = ""
    price: WireMoney = Decimal(0)
    cost: WireMoney | None = None
    department_id: str | None = None
    vendor_id: str | None = None
    department: None = None
    vendor: None = None
    description_html: str = Field(default="", max_length=65_535)
    variants: list[VariantCreate] = Field(default_factory=list, max_length=MOST_VARIANTS)  # type: ignore[assignment]  # a narrower list


class Creations:
    """Creates products and remembers the answer of each Idempotency-Key. Thread-safe."""

    def __init__(self, cloud: PosCloud) -> None:
        self._cloud = cloud
        self._lock = threading.Lock()
        self._answers: dict[str, tuple[str, dict[str, Any]]] = {}

    def create(self, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create a product; return its `{id, sku, version, variants}`, or the key's earlier answer.

        Raises PosRefusal (409 sku_taken, external_id_taken) and pydantic.ValidationError.
        """
        if not key:
            raise PosRefusal("idempotency_key_missing", "Send an Idempotency-Key.", status=400)
        sent = json.dumps(body, sort_keys=True)
        with self._lock:
            if key in self._answers:
                before, answered = self._answers[key]
                if before != sent:
                    words = "This Idempotency-Key was used for another product."
                    raise PosRefusal("idempotency_key_reused", words)
                return answered
            answered = self._create(ProductCreate.model_validate(body))
            self._answers[key] = (sent, answered)
            return answered

    def _create(self, given: ProductCreate) -> dict[str, Any]:
        catalogue = self._cloud.catalogue
        fields = given.model_dump(exclude_unset=True, exclude={"department_id", "vendor_id"})
        fields = without(fields, self._cloud.faults.omits.intersection(PRODUCT_FIELDS))
        if given.department_id is not None:
            department = catalogue.department_by_id(given.department_id)
            fields["department"] = _known(department, "department").name
        if given.vendor_id is not None:
            fields["vendor"] = _known(catalogue.vendor_by_id(given.vendor_id), "vendor").name
        with catalogue.lock:
            self._refuse_taken_external_ids(given.external_ids)
            data = self._cloud.save_product(**fields)
        product = catalogue.get(data["products"][0]["product_id"])
        return {
            "id": product.id,
            "sku": product.sku,
            "version": product.version,
            "variants": [{"id": v.id, "sku": v.sku} for v in product.variants],
        }

    def _refuse_taken_external_ids(self, external_ids: dict[str, str]) -> None:
        for product in self._cloud.catalogue.live():
            for name, value in external_ids.items():
                if product.external_ids.get(name) == value:
                    words = f"Product {product.id!r} already has the {name} id {value}."
                    raise PosRefusal("external_id_taken", words, status=409, existing_id=product.id)


def _known[T](found: T | None, what: str) -> T:
    if found is None:
        raise PosRefusal(f"{what}_not_found", f"There is no such {what}.")
    return found
