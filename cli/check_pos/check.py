"""A check of the POS contract: one sentence that a server makes true or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cli.check_pos.client import Missing, PosUnderTest

NOBODY = "tillbridge-check-nobody-has-this-id"
NOT_OFFERED = (404, 405, 501)
"""The answers of a server that does not have a part of the contract."""


@dataclass(frozen=True, slots=True)
class Check:
    """A sentence, what it costs a shop when it is not true, and the function that finds out.

    `needed`: push cannot work without it. `run` raises Missing or NotKnown."""

    sentence: str
    cost: str
    run: Callable[[PosUnderTest], None]
    needed: bool = True


def some_products(pos: PosUnderTest) -> list[dict[str, Any]]:
    """Return the first products, 20 at most. Raise Missing."""
    query = {"since_version": 0, "limit": 20}
    return listed(pos.json("GET", "/v1/products", query=query))


def listed(answered: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the objects of a response. Raise Missing when it has no list of objects."""
    data = answered.get("data")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise Missing("the response has no list of objects in `data`")
    return data
