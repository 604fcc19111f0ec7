"""Every call that reading and creating make, and every answer that they understand, is one of the vendor's own file."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import AccountConfig
from tests.beside import Beside
from tests.contract.lightspeed_openapi import validate_traffic
from tests.fakes.pokes import FakePokes
from tests.fakes.pos_mirror import FakePosMirror
from tests.lightspeed_imports import LAMP, SOCKS
from tests.lightspeed_lab import TERMS, every_item, every_level
from tests.mirrored import ACCOUNT, walked
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.catalogue import LightspeedCatalogue
from tillbridge.adapters.lightspeed_x.reading_back import Mirrored
from tillbridge.adapters.lightspeed_x.source import LightspeedSource
from tillbridge.ports.pos_catalogue import Taken


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


def test_what_we_create_is_documented(tmp_path: Path, spec_dir: Path) -> None:
    record = tmp_path / "calls.jsonl"
    clock = SystemClock()
    products = [
        LAMP,
        SOCKS,
        replace(LAMP, name="Gift", sku="P000009X", upc="", gtin="", track_stock=False),
    ]
    with (
        LightspeedServer(port=0, config=AccountConfig(record=record)) as shop,
        new_http_session(clear_text_to="127.0.0.1") as http,
    ):
        deadline, token = clock.now_ms() + 60_000, shop.api_token
        calls = LightspeedCalls(shop.base_url, lambda _: token, clock, deadline, http)
        mirrored = Mirrored(ACCOUNT, walked(FakePosMirror()), FakePokes(), clock, deadline)
        catalogue = LightspeedCatalogue(calls, mirrored, tax_in_prices=False)
        for each in products:
            placed = replace(
                each,
                department_id=catalogue.ensure_department("Lighting"),
                vendor_id=catalogue.ensure_vendor("No Vendor"),
            )
            made = catalogue.create(placed, again=False)
            assert catalogue.create(placed, again=True).id == made.id
        with pytest.raises(Taken):
            catalogue.create(replace(placed, sku="P00000AX"), again=False)
    assert len(record.read_text().splitlines()) >= 18
    assert validate_traffic(record, spec_dir) == []
