"""Every call that reading makes, and every answer that it understands, is one of the vendor's own file."""

from pathlib import Path

import pytest

from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import AccountConfig
from tests.beside import Beside
from tests.contract.lightspeed_openapi import validate_traffic
from tests.lightspeed_lab import TERMS, every_item, every_level
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.source import LightspeedSource


@pytest.fixture
def spec_dir(beside: Beside) -> Path:
    return beside("spec", "pos")


def test_what_we_ask_and_what_we_read_is_documented(tmp_path: Path, spec_dir: Path) -> None:
    record = tmp_path / "calls.jsonl"
    clock = SystemClock()
    with LightspeedServer(port=0, config=AccountConfig(record=record)) as shop:
        shop.cloud.save_product("p-1", name="Lamp", sku="LAMP", price="1.00", brand="Oak")
        shop.cloud.save_product("p-2", name="Shelf", sku="SHELF", price="2.00")
        shop.cloud.delete_product("p-2")
        with new_http_session(clear_text_to="127.0.0.1") as http:
            deadline = clock.now_ms() + 60_000
            token = shop.api_token
            calls = LightspeedCalls(shop.base_url, lambda _: token, clock, deadline, http)
            source = LightspeedSource(calls, TERMS)
            (lamp, gone) = every_item(source)
            assert every_level(source)
            assert source.item(lamp.member) is not None
            assert gone.deleted
            assert source.names()
            assert source.outlets()
            assert source.facts().quota == 350
    assert len(record.read_text().splitlines()) >= 12
    assert validate_traffic(record, spec_dir) == []
