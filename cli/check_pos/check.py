"""One check of the POS contract: a sentence that is true of a server or is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cli.check_pos.client import Missing, PosUnderTest

NOBODY = "tillbridge-check-nobody-has-this-id"


@dataclass(frozen=True, slots=True)
class Check:
    """A sentence, what it costs when it is not true, and how to find out."""

    sentence: str
    cost: str
    run: Callable[[PosUnderTest], None]
    needed: bool = True


def some_products(pos: PosUnderTest) -> list[dict[str, Any]]:
    """The first few products. Raises Missing."""
    query = {"since_version": 0, "limit": 20}
    return listed(pos.json("GET", "/v1/products", query=query))


def listed(answered: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects of an answer. Raises Missing when it has no such list."""
    data = answered.get("data")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise Missing("the answer has no list of objects in `data`")
    return data
