"""Real BigCommerce clients work with the sandbox store, unchanged but for the address."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import a_product

CLIENTS = Path(__file__).with_name("clients")
PYTHON_CLIENTS = ("bigcommerce==0.23.4", "bigc==1.1.0")
NODE_CLIENT = "@space48/bigcommerce-api@0.3.1"

pytestmark = pytest.mark.slow


def install(command: list[str], folder: Path) -> None:
    """Install into a folder of the test's own; skip where there is no package index."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot install the real clients here: {done.stderr.strip()[-200:]}")


@pytest.fixture(scope="module")
def python_clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    folder = tmp_path_factory.mktemp("python-clients")
    install(
        [uv, "pip", "install", "--target", str(folder), "--python", sys.executable,
         *PYTHON_CLIENTS],
        folder,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def node_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("Node.js is not installed")
    folder = tmp_path_factory.mktemp("node-client")
    install([npm, "install", "--no-save", "--no-audit", "--no-fund", NODE_CLIENT], folder)
    return folder / "node_modules"


def run(command: list[str], server: StoreServer, **environment: str) -> dict[str, Any]:
    arguments = [server.api_url, server.store_hash, server.token]
    done = subprocess.run(
        [*command, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def test_the_official_python_client_works(server: StoreServer, python_clients: Path) -> None:
    script = str(CLIENTS / "official_client.py")
    seen = run([sys.executable, script], server, PYTHONPATH=str(python_clients))
    assert seen.pop("time") > 0
    assert seen.pop("quota") > 0
    assert seen == {
        "currency": "USD",
        "price": "9.9900",
        "renamed": "Official cup",
        "listed": ["Official cup"],
        "refused": "ClientRequestException",
    }


def test_the_python_client_bigc_works(server: StoreServer, python_clients: Path) -> None:
    script = str(CLIENTS / "bigc_client.py")
    seen = run([sys.executable, script], server, PYTHONPATH=str(python_clients))
    assert seen == {
        "names": ["Cup"],
        "variants": ["S", "M"],
        "price": 5,
        "currency": "USD",
        "refused": "ConflictError",
    }


def test_the_node_client_of_space48_works(server: StoreServer, node_client: Path) -> None:
    script = str(CLIENTS / "space48_client.js")
    seen = run(["node", script], server, NODE_PATH=str(node_client))
    assert seen["names"] == ["Cup"]
    assert "The product name is a duplicate" in seen["refused"]


@pytest.fixture
def sold(server: StoreServer) -> StoreServer:
    """Return a store with three orders, of which the second has a refund."""
    (mug,) = server.shop.seed(products=[a_product(price=10)])
    orders = [server.shop.pay([{"product_id": mug, "quantity": units}]) for units in (1, 2, 3)]
    server.shop.refund(orders[1] or 0, amount=4)
    return server


def test_the_python_client_bigc_reads_orders_and_keeps_hooks(
    sold: StoreServer, python_clients: Path
) -> None:
    script = str(CLIENTS / "bigc_orders.py")
    assert run([sys.executable, script], sold, PYTHONPATH=str(python_clients)) == {
        "orders": [101, 102],
        "none": [],
        "status": "Partially Refunded",
        "units": [2],
        "refunded": [101],
        "refund": 4,
        "of_order": 1,
        "hooks": [False],
        "refused": "DoesNotExistError",
        "hooks_left": 0,
    }


def test_the_node_client_of_space48_reads_orders_and_keeps_hooks(
    sold: StoreServer, node_client: Path
) -> None:
    script = str(CLIENTS / "space48_orders.js")
    assert run(["node", script], sold, NODE_PATH=str(node_client)) == {
        "orders": [100, 101, 102],
        "units": [1],
        "refunds": [101],
        "scope": "store/order/created",
        "behaviour": "order_placed",
    }
