"""The account as a server: both wires of one shop, control over HTTP, hooks by a thread."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from typing import Any, ClassVar

import pytest
import requests

from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.pos.demo_catalogue import demo_products
from tests.sandbox.lightspeed_x.wire_client import WireClient

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def server() -> Iterator[LightspeedServer]:
    with LightspeedServer() as running:
        yield running


@pytest.fixture
def wire(server: LightspeedServer) -> Iterator[WireClient]:
    with WireClient(server) as client:
        yield client


def control(wire: WireClient, server: LightspeedServer, path: str, **body: Any) -> Any:
    answer = wire.session.post(server.base_url + path, json=body, timeout=10)
    assert answer.ok, answer.text
    return answer.json()


def test_staff_act_over_the_shops_own_control_routes(
    server: LightspeedServer, wire: WireClient
) -> None:
    mug = {"product_id": "p-mug", "name": "Mug", "sku": "MUG1", "stock": {"o-main": 5}}
    control(wire, server, "/_sandbox/actions/save_product", **mug)
    sold = [{"product_id": "p-mug", "quantity": 2}]
    control(wire, server, "/_sandbox/actions/sell", lines=sold)
    (row,) = wire.get("/products")["data"]
    ids = control(wire, server, "/_control/lightspeed/ids")
    assert ids["products"]["p-mug"] == {"root": row["id"], "members": {"": row["id"]}}
    newest = wire.post("/inventory", {"size": 1})[0]
    assert (newest["outlet_id"], newest["current_inventory_level"]) == (ids["outlets"]["o-main"], 3)


def test_the_contracts_own_wire_shows_the_same_shop(
    server: LightspeedServer, wire: WireClient
) -> None:
    server.cloud.load(demo_products())
    headers = {"Authorization": f"Bearer {server.token}"}
    url = f"{server.base_url}/v1/products?limit=500"
    listed = wire.session.get(url, headers=headers, timeout=10).json()["data"]
    assert {each["name"] for each in listed} == {
        row["name"] for row in wire.get("/products?page_size=200")["data"]
    }


def test_the_shop_tells_no_store_over_a_bus(server: LightspeedServer) -> None:
    server.cloud.save_product("p-mug", name="Mug")
    assert server.cloud.emitter.store_ids == ()


def test_the_call_log_is_read_over_http(server: LightspeedServer, wire: WireClient) -> None:
    wire.get("/outlets")
    told = control(wire, server, "/_control/lightspeed/calls")
    assert told["counted"] == {"GET /outlets": 1}
    assert told["calls"][0]["ms"] >= 0


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("nonsense", {}, 404),
        ("hazards", {"nonsense": 1}, 422),
        ("expire", {}, 422),
        ("after", {"call": "GET /outlets", "action": "nonsense", "arguments": {}}, 422),
    ],
)
def test_a_wrong_control_call_is_refused_in_words(
    server: LightspeedServer, wire: WireClient, path: str, body: dict[str, Any], status: int
) -> None:
    url = f"{server.base_url}/_control/lightspeed/{path}"
    answer = wire.session.post(url, json=body, timeout=10)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_lost_answer_may_be_a_connection_that_is_cut(
    server: LightspeedServer, wire: WireClient
) -> None:
    control(wire, server, "/_control/lightspeed/hazards", lose_creates=1, lost="drop")
    body = {"name": "Vase", "sku": "V1", "price_excluding_tax": 1}
    with pytest.raises(requests.ConnectionError):
        wire.call("POST", "/products", body, "2026-07")
    assert len(wire.get("/products?sku=V1")["data"]) == 1


def test_the_authorize_page_and_the_token_endpoint_are_served(
    server: LightspeedServer, wire: WireClient
) -> None:
    query = "response_type=code&client_id=sandbox-app&state=s&scope=products:read"
    url = f"{server.base_url}/connect?{query}&redirect_uri=http://127.0.0.1:9/back"
    answer = wire.session.get(url, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    code = answer.headers["Location"].split("code=")[1].split("&")[0]
    form = {
        "grant_type": "authorization_code", "code": code, "client_id": "sandbox-app",
        "client_secret": "sandbox-app-secret", "redirect_uri": "http://127.0.0.1:9/back",
    }  # fmt: skip
    granted = wire.session.post(f"{server.base_url}/api/1.0/token", data=form, timeout=10)
    assert granted.json()["scope"] == "products:read"


class Taker(BaseHTTPRequestHandler):
    """Takes calls, and keeps their bodies."""

    taken: ClassVar[Queue[bytes]] = Queue()

    def do_POST(self) -> None:
        self.taken.put(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def test_hooks_are_called_by_a_thread_of_the_server(
    server: LightspeedServer, wire: WireClient
) -> None:
    with HTTPServer(("127.0.0.1", 0), Taker) as receiver:
        thread = threading.Thread(target=receiver.handle_request)
        thread.start()
        url = f"http://127.0.0.1:{receiver.server_port}/h"
        wire.post("/webhooks", {"type": "product.update", "url": url, "active": True})
        server.cloud.save_product("p-mug", name="Mug", sku="MUG1")
        assert b"payload=" in Taker.taken.get(timeout=10)
        thread.join(10)
