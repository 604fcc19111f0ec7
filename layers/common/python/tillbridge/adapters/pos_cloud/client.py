"""The port Pos over the POS API: reads up to 100 products a call."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, override

import requests
from pydantic import ValidationError

from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_cloud.calls import PosCall, PosCalls, TokenProvider
from tillbridge.adapters.pos_cloud.wire import (
    MinimalRecord,
    ProductRecord,
    StockRecord,
    TombstoneRecord,
)
from tillbridge.domain.errors import PosDown, PosRefused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos import BATCH, Pos

_log = logging.getLogger(__name__)
_INVALID = frozenset({400, 422})


@dataclass(frozen=True, slots=True)
class PosCloud(Pos):
    """The POS at `base_url`, callable until `deadline_ms` (epoch ms)."""

    base_url: str
    token: TokenProvider
    clock: Clock
    deadline_ms: int
    http: requests.Session

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """Return them with one call (POST /v1/products:batchGet). A record that cannot be read is
        logged, and its product has no name."""
        if not ids:
            return {}
        if len(ids) > BATCH:
            raise ValueError(f"{len(ids)} ids; the POS takes {BATCH} a call")
        records = records_of(self._read({"ids": list(dict.fromkeys(ids))}))
        return {product.id: product for product in map(product_of, records)}

    def _read(self, body: Mapping[str, object]) -> Incoming:
        calls = PosCalls(self.base_url, self.token, self.clock, self.deadline_ms, self.http)
        answer = calls.send(PosCall("POST", "/v1/products:batchGet", body=body))
        if answer.status in _INVALID:
            raise PosRefused(f"The POS refuses to return these products (status {answer.status}).")
        if answer.status >= 300:
            raise PosDown(
                f"The POS refuses to be read (status {answer.status}). Check the POS's URL."
            )
        return answer


def records_of(answer: Incoming) -> list[Any]:
    """Return the records of an answer. Raise PosDown when it holds no list of them."""
    try:
        body = json.loads(answer.body, parse_float=Decimal)
    except ValueError as error:
        raise PosDown("The POS's answer is not JSON.") from error
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, list):
        raise PosDown("The POS's answer has no list of products.")
    return data


def product_of(record: Any) -> Product:
    """Return the domain's product. One whose record cannot be read has no name, `unreadable`
    says why, and nothing else of it is known but its stock, where that can be read. Raise PosDown
    for a record without id or version."""
    deleted = isinstance(record, dict) and record.get("deleted_at") is not None
    try:
        return (TombstoneRecord if deleted else ProductRecord).model_validate(record).as_domain()
    except ValidationError as error:
        return _unreadable(record, error)


def _unreadable(record: Any, error: ValidationError) -> Product:
    # If it were left out, it would count as unknown to the POS, and its online product be hidden.
    try:
        known = MinimalRecord.model_validate(record)
    except ValidationError:
        raise PosDown("The POS's answer holds a record without an id or a version.") from error
    places = sorted({".".join(map(str, found["loc"])) for found in error.errors()})
    _log.error("The POS's record of %s cannot be read: %s", known.id, ", ".join(places))
    try:
        return StockRecord.model_validate(record).as_domain(", ".join(places))
    except ValidationError:
        return Product(
            id=PosProductId(known.id), version=known.version, name="", unreadable=", ".join(places)
        )
