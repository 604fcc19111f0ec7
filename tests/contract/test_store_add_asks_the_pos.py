"""`store add` asks the POS by its contract: whether it lets us in, and in which currency it counts."""

from collections.abc import Iterator

import pytest

from cli.cannot_run import CannotRun
from cli.deployment.both_sides import ask_pos
from sandbox.pos.inputs import ProductInput
from sandbox.pos.server import PosServer


@pytest.fixture
def pos() -> Iterator[PosServer]:
    with PosServer(currency="CHF") as server:
        yield server


def test_a_pos_tells_its_currency_once_it_has_a_product(pos: PosServer) -> None:
    assert ask_pos(pos.base_url, pos.token) == ""
    mug = {"id": "m", "name": "Mug", "sku": "M", "price": "4.50"}
    pos.cloud.load([ProductInput.model_validate(mug)])
    assert ask_pos(pos.base_url, pos.token) == "CHF"


def test_a_wrong_pos_token_is_said(pos: PosServer) -> None:
    with pytest.raises(CannotRun, match=r"POS refuses the token \(401\).*--pos-token-file"):
        ask_pos(pos.base_url, "wrong")
