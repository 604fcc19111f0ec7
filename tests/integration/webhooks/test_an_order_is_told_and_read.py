"""The whole way in the local world: an order in the sandbox store, BigCommerce's call, the door, the shipped
functions, and the book of web orders."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests

from cli.deployment import hooks
from cli.deployment.connections import connection_of
from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.target import Target
from cli.screen.hook_report import check_and_show, show_hooks
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.runner import LocalWorld, start_world
from tests.local_tables import items_in
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.orders.conftest import Sold, sold_by
from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.hook_access import address
from tillbridge.domain.ids import StoreId

SHOP = StoreId("demo")
SECONDS = 60
"""The functions start in processes of their own."""
MINUTE = 61

pytestmark = pytest.mark.timeout(240)  # it deploys a world


@dataclass
class Town:
    """A local world whose store reads web orders and tells of them."""

    world: LocalWorld
    target: Target
    sold: Sold

    def connection(self) -> Connection:
        return connection_of(self.target, SHOP)

    def booked(self) -> set[int]:
        """Return the numbers of the orders that the book has."""
        found = items_in(self.target.client("dynamodb"), self.world.outputs.orders_table)
        texts = (item["sk"]["S"] for item in found if item["pk"]["S"] == SHOP)
        return {int(text.removeprefix("order#")) for text in texts if text.startswith("order#")}

    def answered(self) -> list[int | None]:
        """Return how the calls of hooks were answered."""
        return [attempt["status"] for attempt in self.sold.shop.hooks()["attempts"]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home: Path = tmp_path_factory.mktemp("home")
    server = StoreServer(config=StoreConfig(quota="none", stock_delay_ms=0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILLBRIDGE_HOME", str(home))
        with start_world(SHOP, store=server) as world:
            target = connect_world(world, sandbox_account(SHOP, server), server.token)
            api = Api(server)
            town = Town(world, target, sold_by(server, api))
            there = town.connection()
            settings = replace(there.settings, web_orders=WebOrderMode.LEDGER)
            target.stores.save_connection(replace(there, settings=settings))
            made = hooks.check_hooks(target, town.connection())
            assert made.refused == []
            town.sold.shop.pass_time_of_hooks(MINUTE)
            yield town
            town.sold.shop.close()
            api.session.close()


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < SECONDS
        time.sleep(0.05)  # until the functions, in processes of their own, have done it


def test_an_order_is_in_the_book_seconds_after_it_was_placed(town: Town) -> None:
    order = town.sold.buy(2)
    eventually(lambda: order in town.booked())
    eventually(lambda: len(town.answered()) >= 2)
    assert set(town.answered()) == {200}


def test_hooks_doubled_forged_and_out_of_order_leave_the_same_book(town: Town) -> None:
    before = len(town.answered())
    shop = town.sold.shop
    shop.set_hazard("hook-duplicate", remaining=8)
    shop.set_hazard("hook-forged", remaining=2)
    shop.set_hazard("hook-reordered", remaining=6, seconds=1)
    town.sold.set_level(50)
    placed = {town.sold.buy() for _ in range(4)}
    eventually(lambda: placed <= town.booked())
    eventually(lambda: shop.hooks()["due"] == 0 and shop.hooks()["later"] == 0)
    answers = town.answered()[before:]
    assert answers.count(401) == 2  # a forged order has no secret
    assert set(answers) == {200, 401}
    assert 999_999_999 not in town.booked()


def test_nobody_else_is_heard_at_the_door(town: Town) -> None:
    there = town.connection()
    for store, key in ((SHOP, "guess"), ("nobody", there.hooks.key), ("%23stores", "x")):
        at = f"{town.world.door.address}/hooks/bigcommerce/{store}/{key}"
        answer = requests.post(at, json={}, timeout=SECONDS)
        assert (answer.status_code, answer.content) == (404, b"")
    at = address(town.world.door.address, SHOP, there.hooks.key)
    answer = requests.post(at, json={"scope": "store/order/created"}, timeout=SECONDS)
    assert (answer.status_code, answer.content) == (401, b"")


def test_signatures_are_checked_once_the_client_secret_is_given(town: Town) -> None:
    secret = StoreConfig().client_secret
    there = hooks.keep_client_secret(town.target, town.connection(), secret, required=True)
    assert there.hooks.signed
    before = len(town.answered())
    order = town.sold.buy()
    eventually(lambda: order in town.booked())
    eventually(lambda: len(town.answered()) > before)
    assert set(town.answered()[before:]) == {200}


def test_a_new_secret_is_taken_by_bigcommerce_and_the_old_one_is_good_meanwhile(town: Town) -> None:
    before = len(town.answered())
    there = hooks.rotate(town.target, town.connection())
    first = town.sold.buy()
    eventually(lambda: first in town.booked())
    assert hooks.found_hooks(town.target, there).kept == 0
    hooks.check_hooks(town.target, there)
    second = town.sold.buy()
    eventually(lambda: second in town.booked())
    eventually(lambda: town.sold.shop.hooks()["due"] == 0)
    assert set(town.answered()[before:]) == {200}


def test_people_see_what_is_wrong_and_mend_it(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    there = town.connection()
    first, second, *_ = town.sold.api.get("/hooks").json()["data"]
    town.sold.api.put(f"/hooks/{first['id']}", {"is_active": False})
    town.sold.api.delete(f"/hooks/{second['id']}")
    show_hooks(town.target, there)
    check_and_show(town.target, there)
    show_hooks(town.target, there)
    shown = capsys.readouterr().out
    assert "Webhooks of 'demo': 5 of 7 are right." in shown
    assert "inactive, or not as it was made" in shown
    assert "missing" in shown
    assert shown.rstrip().endswith("Webhooks of 'demo': 7 of 7 are right.")
    assert there.hooks.key not in shown


def test_a_store_that_reads_orders_no_longer_has_its_hooks_deleted(town: Town) -> None:
    there = town.connection()
    off = replace(there, settings=replace(there.settings, web_orders=WebOrderMode.OFF))
    town.target.stores.save_connection(off)
    hooks.check_hooks(town.target, off)
    assert town.sold.api.get("/hooks").json()["data"] == []
