"""What people see when the POS of a vendor is in trouble, and how it ends: the local world, and its commands."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from cli.demo.polls import until_seen
from cli.deployment.connect import connect
from cli.deployment.connections import connection_of
from cli.deployment.local_world import sandbox_account
from cli.deployment.polls import pokes
from cli.deployment.pos_side import vendors_pos
from cli.deployment.target import Target
from cli.deployment.world import own_world
from cli.pos.local import connect_vendors_world
from cli.pos.standing import Standing, standing_of
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import SCOPES
from sandbox.lightspeed_x.state.quota import limit_of
from sandbox.runner import start_world
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosAccount

NORTH, SOUTH = StoreId("north"), StoreId("south")
SECONDS = 150
"""A POS that refuses is left alone for a minute, and one that seems to have gone back is looked at twice."""

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@dataclass
class Town:
    """A shop with a vendor's POS, and two web stores behind it."""

    target: Target
    shop: LightspeedServer
    account: PosAccount
    home: Path

    @property
    def control(self) -> Control:
        return Control(self.shop.account)

    def tillbridge(self, *words: str, fails: bool = False) -> str:
        """Return what a command says; with --json its object alone. Fail the test unless it ends as it should."""
        command = [str(Path(sys.executable).with_name("tillbridge")), *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        said = done.stdout if "--json" in words else done.stdout + done.stderr
        return " ".join(said.split())

    def standing(self) -> Standing:
        return standing_of(self.target, self.account)

    def sells(self, price: str) -> None:
        """Change a price in the POS, and ask for a poll."""
        self.shop.cloud.save_product("p-1", price=price)
        pokes(self.target).poke(self.account.key)

    def online(self, server: StoreServer) -> str:
        products = server.control.snapshot()["products"]
        return next(str(each["price"]) for each in products if each["name"] == "Lamp 1")

    def ill(self, code: str) -> None:
        """Wait for a poll that finds this trouble. That an account went back shows when polls read again, each fifth."""

        def found() -> bool:
            pokes(self.target).poke(self.account.key)
            return self.standing().state.trouble == code

        eventually(found)

    def well(self) -> None:
        """Wait for a poll that finds no trouble."""

        def healed() -> bool:
            pokes(self.target).poke(self.account.key)
            return not self.standing().state.trouble

        eventually(healed)

    def connected_again(self) -> None:
        token = self.home / "token"
        token.write_text(self.shop.api_token)
        self.tillbridge(
            "pos", "connect", "lightspeed", "--prefix", "lantern", "--token-file", str(token),
            "--address", self.shop.base_url,
        )  # fmt: skip


@pytest.fixture(scope="module")
def stores() -> list[StoreServer]:
    return [
        StoreServer(config=StoreConfig(quota="none", stock_delay_ms=0, store_hash=name))
        for name in (NORTH, SOUTH)
    ]


@pytest.fixture(scope="module")
def town(stores: list[StoreServer], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home: Path = tmp_path_factory.mktemp("home")
    north, south = stores
    with pytest.MonkeyPatch.context() as patch, ExitStack() as parts:
        patch.setenv("TILLBRIDGE_HOME", str(home))
        remember = parts.enter_context(own_world())
        world = parts.enter_context(start_world(NORTH, store=north, vendor="lightspeed"))
        parts.enter_context(south)
        shop = world.pos
        assert isinstance(shop, LightspeedServer)
        shop.account.quota.limit = limit_of(registers=10)  # - pokes without end are no test of it
        for n in (1, 2, 3):
            shop.cloud.save_product(
                f"p-{n}", name=f"Lamp {n}", sku=f"LAMP-{n}", price="5.00", stock={"o-main": 3}
            )
        target = connect_vendors_world(
            world, sandbox_account(NORTH, north), north.token, "lightspeed"
        )
        remember(asdict(target))
        account = connection_of(target, NORTH).pos_account
        side = vendors_pos(target, "lightspeed", account.key)
        connect(target, sandbox_account(SOUTH, south), south.token, side)
        until_seen(target, NORTH)
        made = Town(target, shop, account, home)
        for store in (NORTH, SOUTH):
            made.tillbridge("push", "--not-linked", "--store", store)
        yield made


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < SECONDS
        time.sleep(0.5)  # until the functions, in processes of their own, have done it


def calls(town: Town) -> dict[str, int]:
    ours = town.shop.account.calls.every(lambda call: call.agent.startswith("tillbridge/"))
    found: dict[str, int] = {}
    for call in ours:
        found[f"{call.method} {call.path}"] = found.get(f"{call.method} {call.path}", 0) + 1
    return found


def test_two_stores_of_an_account_share_one_poll(town: Town, stores: list[StoreServer]) -> None:
    until_seen(town.target, NORTH)
    before, polls = calls(town), town.standing().state.polls
    town.sells("7.00")
    eventually(lambda: [town.online(each) for each in stores] == ["7", "7"])
    after, made = calls(town), town.standing().state.polls - polls
    asked = {call: after[call] - before.get(call, 0) for call in after}
    assert {call: count for call, count in asked.items() if count} == {
        "POST /inventory": made,
        "GET /products": made,
    }
    told = json.loads(town.tillbridge("pos", "status", "--json"))
    assert told["accounts"][0]["stores"] == [NORTH, SOUTH]


def test_a_revoked_token_waits_for_another(town: Town, stores: list[StoreServer]) -> None:
    town.control.revoke()
    town.sells("8.00")
    town.ill("pos_token_dead")
    assert "Connect it again" in town.tillbridge("pos", "status")
    town.control.grant(sorted(SCOPES))
    town.connected_again()
    town.well()
    eventually(lambda: [town.online(each) for each in stores] == ["8", "8"])


def test_a_missing_scope_is_named(town: Town, stores: list[StoreServer]) -> None:
    town.control.grant(sorted(SCOPES - {"inventory:read"}))
    town.sells("9.00")
    town.ill("pos_scope_missing")
    assert "inventory:read" in town.tillbridge("pos", "status")
    town.control.grant(sorted(SCOPES))
    town.well()
    eventually(lambda: [town.online(each) for each in stores] == ["9", "9"])


def test_an_account_that_went_back_is_pushed_only_once_a_person_says_so(
    town: Town, stores: list[StoreServer]
) -> None:
    online = [town.online(each) for each in stores]
    town.control.restore_backup()
    town.ill("pos_went_back")
    assert "--adopt" in town.tillbridge("pos", "status")
    town.sells("10.00")
    assert [town.online(each) for each in stores] == online
    # The run begins the next epoch, and then waits: the account is read whole first.
    town.tillbridge("reconcile", "--adopt", "--store", NORTH, fails=True)
    town.well()
    eventually(lambda: [town.online(each) for each in stores] == ["10", "10"])


def test_an_expired_version_stops_everything_before_it_is_misread(
    town: Town, stores: list[StoreServer]
) -> None:
    online = [town.online(each) for each in stores]
    town.control.expire("2026-07")
    for product in (
        "p-2",
        "p-3",
    ):  # a shape is judged by three records; else by the day's look at names
        town.shop.cloud.save_product(product, price="11.00")
    town.sells("11.00")
    town.ill("pos_api_expired")
    assert "version" in town.tillbridge("pos", "status")
    assert [town.online(each) for each in stores] == online
