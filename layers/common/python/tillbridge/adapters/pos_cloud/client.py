"""The port Pos over the POS API: reads up to 100 products a call."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, override

import requests
from pydantic import ValidationError

from tillbridge.adapters.borders.values import complaint
from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.wire import (
    ProductRecord,
    StockRecord,
    TombstoneRecord,
    id_of,
    version_of,
)
from tillbridge.adapters.pos_session import AnswerTooLarge, PosCall, body_of
from tillbridge.adapters.secrets import Token
from tillbridge.domain.errors import PosDown, PosRefused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos import BATCH, Pos

_log = logging.getLogger(__name__)
_INVALID = frozenset({400, 422})


@dataclass(frozen=True, slots=True)
class PosCloud(Pos):
    """The POS at `base_url`, callable until `deadline_ms` (epoch ms)."""

    base_url: str
    token: Token
    clock: Clock
    deadline_ms: int
    http: requests.Session

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """Return them with one call (POST /v1/products:batchGet), or with several when the answer is
        too large for one. A record that cannot be read is logged, and its product says why."""
        if not ids:
            return {}
        if len(ids) > BATCH:
            raise ValueError(f"{len(ids)} ids; the POS takes {BATCH} a call")
        asked = list(dict.fromkeys(ids))
        try:
            answer = self._read({"ids": asked})
        except AnswerTooLarge:
            return self._in_halves(asked)
        body = object_of(answer)
        records = records_in(body)
        found = {product.id: product for product in products_of(records)}
        return found | _of_nobodys_records(asked, found, records, body)

    def _in_halves(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        if len(ids) == 1:
            return {ids[0]: _unknown(ids[0], "it is too large")}
        middle = len(ids) // 2
        return {**self.products(ids[:middle]), **self.products(ids[middle:])}

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


def object_of(answer: Incoming) -> dict[str, Any]:
    """Return the object that an answer holds, {} of another value. Raise PosDown when it is no JSON."""
    body = body_of(answer)
    return body if isinstance(body, dict) else {}


def records_in(body: Mapping[str, Any]) -> list[Any]:
    """Return the records of an answer. Raise PosDown when it holds no list of them."""
    data = body.get("data")
    if not isinstance(data, list):
        raise PosDown("The POS's answer has no list of products.")
    return data


def products_of(records: Iterable[Any]) -> list[Product]:
    """Return the domain's products. One whose record cannot be read has no name, and `unreadable`
    says why; a record without an id is nobody's, and is logged and left out."""
    found = [_product_of(record) for record in records]
    if lost := found.count(None):
        _log.error("records of the POS without an id", extra={"records": lost})
    return [product for product in found if product is not None]


def _product_of(record: Any) -> Product | None:
    deleted = isinstance(record, dict) and record.get("deleted_at") is not None
    try:
        return (TombstoneRecord if deleted else ProductRecord).model_validate(record).as_domain()
    except ValidationError as error:
        product, why = id_of(record), complaint(error)
    if product is None:
        return None
    # If it were left out, it would count as unknown to the POS, and its online product be hidden.
    _log.error("The POS's record of %s cannot be read: %s", product, why)
    version = version_of(record)
    try:
        return StockRecord.model_validate(record).as_domain(version, why)
    except ValidationError:
        return _unknown(PosProductId(product), why, version)


def _unknown(product: PosProductId, why: str, version: int = NO_VERSION) -> Product:
    return Product(id=product, version=version, name="", unreadable=why)


def _of_nobodys_records(
    asked: Iterable[PosProductId],
    found: Mapping[PosProductId, Product],
    records: Iterable[Any],
    body: Mapping[str, Any],
) -> dict[PosProductId, Product]:
    """Return the products whose records may be those without an id: what was asked for, is not there,
    and is not called unknown either. They are not gone, so nothing online may be hidden."""
    if all(id_of(record) is not None for record in records):
        return {}
    unknown = body.get("not_found")
    named = {each for each in unknown if isinstance(each, str)} if isinstance(unknown, list) else {}
    missing = (each for each in asked if each not in found and each not in named)
    return {each: _unknown(each, "id is missing") for each in missing}
