"""The public client `lightspeed-x` of PyPI, as its README has it, on the sandbox: only its host is changed.

`make lightspeed-client` installs it into a folder of its own and runs this."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import AccountConfig
from sandbox.pos.demo_catalogue import demo_products

pytestmark = [pytest.mark.enable_socket, pytest.mark.long]

FOLDER = ".peers/lightspeed"
VASE = {"name": "Vase", "sku": "VASE1", "price_excluding_tax": 12.5}


@pytest.fixture
def shop() -> Iterator[LightspeedServer]:
    with LightspeedServer(config=AccountConfig(prefix="lantern")) as made:
        made.cloud.load(demo_products())
        yield made


@pytest.fixture
def client(
    shop: LightspeedServer, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """Yield the client; it has one host, which is not the sandbox's, so that its requests are sent on."""
    if not (repository / FOLDER).exists():
        pytest.skip(f"needs {FOLDER}: make lightspeed-client")
    monkeypatch.syspath_prepend(str(repository / FOLDER))
    import httpx
    import lightspeed_x

    base = httpx.URL(shop.base_url)

    class ToTheSandbox(httpx.HTTPTransport):  # type: ignore[misc]  # not installed where types are checked
        def handle_request(self, request: Any) -> Any:
            assert request.url.host == "lantern.vendhq.com"
            request.url = request.url.copy_with(scheme="http", host=base.host, port=base.port)
            return super().handle_request(request)

    made = lightspeed_x.LightspeedX(shop.api_token, "lantern")
    own = made._client
    made._client = httpx.Client(transport=ToTheSandbox(), headers=own.headers)
    yield made
    own.close()
    made._client.close()


def test_it_reads_every_product_by_version(shop: LightspeedServer, client: Any) -> None:
    found, after = [], 0
    while rows := (page := client.get("/products", {"after": after, "page_size": 7}))["data"]:
        found += rows
        after = page["version"]["max"]
    listed = [unit for each in shop.cloud.catalogue.live() for unit in each.variants or (each,)]
    assert sorted(row["sku"] for row in found) == sorted(unit.sku for unit in listed)


def test_it_makes_reads_changes_and_deletes_a_product(shop: LightspeedServer, client: Any) -> None:
    (made,) = client.post("/products", data=VASE)["data"]
    assert client.get(f"/products/{made}")["data"]["has_inventory"] is True
    untracked = {"common": {"track_inventory": False}}
    assert client.put(f"/products/{made}", data=untracked, api_version="2.1") == {}
    assert client.get(f"/products/{made}")["data"]["has_inventory"] is False
    with pytest.raises(json.JSONDecodeError):  # the vendor documents no body here
        client.delete(f"/products/{made}")
    assert client.get("/products", {"sku": "VASE1"})["data"] == []


def test_what_its_readme_sends_and_no_text_of_the_vendor_has_is_refused(client: Any) -> None:
    import httpx

    with pytest.raises(httpx.HTTPStatusError, match="422"):
        client.post("/products", data={"name": "T-Shirt", "sku": "TSHIRT123", "price": 19.99})


def test_it_reads_levels_brands_and_the_retailer(client: Any) -> None:
    levels = client.get("/inventory", {"after": 0, "page_size": 5})
    assert len(levels["data"]) == 5
    assert client.get("brands")["data"]
    assert client.get("/retailer")["data"]["domain_prefix"] == "lantern"


def test_it_does_not_wait_where_the_limit_is_reached(shop: LightspeedServer, client: Any) -> None:
    import httpx

    shop.account.quota.spend(350)
    with pytest.raises(httpx.HTTPStatusError, match="429"):
        client.get("/products")
