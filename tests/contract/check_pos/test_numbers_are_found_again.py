"""Products are found by SKU, number and external id, or the report says which are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest

from cli.check_pos.run import check_pos
from sandbox.pos.reading import products_found
from sandbox.pos.server import PosServer
from tests.contract.check_pos.conftest import Spoil, spoilt

pytestmark = pytest.mark.enable_socket
FOUND_AGAIN = "a created product is found by SKU, product number and external id"


def _finds(answer: Callable[[PosServer, str, str], list[str]]) -> Callable[[PosServer], Spoil]:
    """Return a spoiler of look-ups: what is found has the ids that `answer` says of name and value."""

    def of(pos: PosServer) -> Spoil:
        def spoil(path: str, query: str, body: dict[str, Any]) -> dict[str, Any]:
            name, value = (*parse_qsl(query), ("", ""))[0]
            if path != "/v1/products" or name not in ("sku", "product_number", "external_id"):
                return body
            return {"data": [{"id": each} for each in answer(pos, name, value)]}

        return spoil

    return of


def _right(pos: PosServer, name: str, value: str) -> list[str]:
    return [each["id"] for each in products_found(pos.cloud, name, value)]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            lambda pos, name, value: _right(pos, name, value) if name != "external_id" else [],
            "external_id=Tillbridge-Check/",
        ),
        (
            lambda pos, name, value: (
                _right(pos, name, value) if value == value.upper() or name != "sku" else []
            ),
            "in small letters does not find",
        ),
        (
            lambda pos, name, value: (
                _right(pos, name, value) and ["p-1001", *_right(pos, name, value)]
            ),
            "also finds products without this value",
        ),
    ],
    ids=["reads key:value", "minds case", "finds too many"],
)
def test_a_wrong_reading_of_a_number_is_found_by_the_product_just_created(
    pos: PosServer, answer: Callable[[PosServer, str, str], list[str]], told: str
) -> None:
    with spoilt(pos, _finds(answer)(pos)) as url:
        report = check_pos(url, pos.token, create=True)
    (found,) = [each for each in report.missing if each.sentence == FOUND_AGAIN]
    assert told in found.detail
    assert report.ok
