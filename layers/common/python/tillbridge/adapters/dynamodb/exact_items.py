"""What exact plans found as bytes: JSON, compressed, as `plan_items` keeps plans."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tillbridge.domain.exact_plan import (
    Does,
    Exact,
    ExactProduct,
    ExactState,
    Guard,
    LossGroup,
    Lost,
)
from tillbridge.domain.findings import Difference, Moved
from tillbridge.domain.losses import Loss, LossKind

MOST_BYTES = 350_000
"""DynamoDB takes 400 KB a row."""


def packed(exact: Exact) -> bytes:
    """Return a comparison as it is kept."""
    return _packed(asdict(exact))


def unpacked(kept: bytes) -> Exact:
    """Return the comparison that was packed."""
    values = _unpacked(kept)
    groups = tuple(map(_group, values["groups"]))
    return Exact(**{**values, "state": ExactState(values["state"]), "groups": groups})


def packed_products(products: Sequence[ExactProduct]) -> bytes:
    """Return a page of products as it is kept."""
    return _packed([asdict(each) for each in products])


def unpacked_products(kept: bytes) -> tuple[ExactProduct, ...]:
    """Return the page of products that was packed."""
    return tuple(map(_product, _unpacked(kept)))


def packed_guard(guard: Guard) -> bytes:
    """Return what pushes ask a plan, in one row. Where it is too much, the last products are left out: what they
    lose then counts as not named, and a person sees it again."""
    kept = [[product, *sorted(named)] for product, named in guard.items()]
    while len(found := _packed(kept)) > MOST_BYTES:
        del kept[len(kept) * 3 // 4 :]
    return found


def unpacked_guard(kept: bytes) -> Guard:
    """Return what was packed for pushes."""
    return {product: frozenset(named) for product, *named in _unpacked(kept)}


def _packed(values: object) -> bytes:
    return zlib.compress(json.dumps(values, separators=(",", ":")).encode())


def _unpacked(kept: bytes) -> Any:
    return json.loads(zlib.decompress(kept))


def _group(values: Mapping[str, Any]) -> LossGroup:
    examples = tuple(
        Lost(each["id"], each["name"], _loss(each["loss"])) for each in values["examples"]
    )
    return LossGroup(**{**values, "kind": LossKind(values["kind"]), "examples": examples})


def _loss(values: Mapping[str, Any]) -> Loss:
    return Loss(**{**values, "kind": LossKind(values["kind"])})


def _product(values: Mapping[str, Any]) -> ExactProduct:
    own = {
        "does": Does(values["does"]),
        "differences": tuple(_differences(values["differences"])),
        "losses": tuple(map(_loss, values["losses"])),
    }
    return ExactProduct(**{**values, **own})


def _differences(many: Iterable[Mapping[str, Any]]) -> Iterable[Difference]:
    return (Difference(**{**each, "moved": Moved(each["moved"])}) for each in many)
