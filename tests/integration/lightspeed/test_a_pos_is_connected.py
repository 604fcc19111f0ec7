"""The simulator is connected to a deployment's real tables, secrets and queue; its polls and outlets are shown."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from cli.cannot_run import CannotRun
from cli.deployment.polls import chosen_accounts
from cli.deployment.pos_side import account_for, vendors_pos
from cli.deployment.secrets import pos_token
from cli.deployment.target import Outputs, Target
from cli.pos.connecting import connect
from cli.pos.outlets import outlets_of
from cli.pos.standing import standing_of
from cli.pos.vendors import account_wanted
from sandbox.aws.server import LocalAws
from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import AccountConfig
from tests.builders import a_connection
from tests.local_tables import MakeTable, aws, dynamodb, make_table
from tests.sandbox.lightspeed_x.conftest import a_mug
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.pos_habits import PriceHabit

__all__ = ["aws", "dynamodb", "make_table"]

SHOP = StoreId("shop")
TABLES = ("Stores", "Pending", "Counters", "PosMirror")


@pytest.fixture
def target(aws: LocalAws, make_table: MakeTable) -> Target:
    names = {f"{_snake(each)}_table": make_table(f"{each}Table") for each in TABLES}
    bare = Target(Outputs(), aws.endpoint_url)
    queue = bare.client("sqs").create_queue(
        QueueName=f"{uuid4().hex}.fifo", Attributes={"FifoQueue": "true"}
    )
    more = {"pos_polls_queue_url": queue["QueueUrl"], "secret_prefix": uuid4().hex}
    return replace(bare, outputs=Outputs({**names, **more}))


def _snake(name: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name).lstrip("_")


@pytest.fixture
def pos() -> Iterator[LightspeedServer]:
    with LightspeedServer(port=0, config=AccountConfig(prefix="quay")) as shop:
        a_mug(shop)  # type: ignore[arg-type]  # it has the shop's cloud
        yield shop


def connected(target: Target, pos: LightspeedServer, prices: PriceHabit | None = None) -> Any:
    wanted = account_wanted("lightspeed", "quay", pos.base_url)
    return connect(target, wanted, PosGrant(pos.api_token), prices)


def test_it_is_connected_and_its_first_poll_waits(target: Target, pos: LightspeedServer) -> None:
    done = connected(target, pos)
    (account,) = chosen_accounts(target, "lightspeed-quay")
    assert account == done.account
    assert account.facts["currency"]
    assert pos_token(target, account.key) == pos.api_token
    found = standing_of(target, account)
    assert (found.asked, found.state.polls, found.count.families) == (True, 0, 0)
    assert found.stores == ()


def test_a_store_is_connected_to_it_by_its_key(target: Target, pos: LightspeedServer) -> None:
    account = connected(target, pos).account
    side = vendors_pos(target, "lightspeed", "lightspeed-quay")
    assert (account_for(target, SHOP, side), side.token) == (account, "")
    with pytest.raises(CannotRun, match="Connected: lightspeed-quay"):
        vendors_pos(target, "lightspeed", "lightspeed-pier")
    target.stores.save_new(a_connection(SHOP, pos_account=account), pos_told=False)
    assert standing_of(target, account).stores == (SHOP,)


def test_outlets_are_those_of_the_pos_and_what_is_named_in_vain_is_said(
    target: Target, pos: LightspeedServer
) -> None:
    account = connected(target, pos).account
    settings = Settings(outlets=frozenset({"gone"}))
    target.stores.save_new(a_connection(SHOP, pos_account=account, settings=settings))
    found = outlets_of(target, account)
    assert {each.outlet.id for each in found.shown} == set(
        Control(pos.account).ids()["outlets"].values()
    )
    assert [each.outlet for each in found.odd] == ["gone", ""]


def test_another_choice_of_prices_raises_the_epoch_once(
    target: Target, pos: LightspeedServer
) -> None:
    connected(target, pos)
    assert connected(target, pos, PriceHabit.INCL).account.epoch == 1
    assert connected(target, pos).account.epoch == 1
    (account,) = chosen_accounts(target, "")
    assert (account.epoch, account.facts["prices"]) == (1, "incl")


def test_a_token_that_may_read_nothing_or_that_is_revoked_is_said(
    target: Target, pos: LightspeedServer
) -> None:
    account = connected(target, pos).account
    Control(pos.account).grant(["retailer:read", "payment_types:read", "outlets:read"])
    with pytest.raises(CannotRun, match="lacks the scope"):
        connected(target, pos)
    Control(pos.account).revoke()
    with pytest.raises(CannotRun, match="Check the token"):
        connected(target, pos)
    told = outlets_of(target, account).trouble
    assert (
        "Give 'lightspeed-quay' a new one with `tillbridge pos connect lightspeed --prefix" in told
    )
    assert chosen_accounts(target, "lightspeed-quay") == [account]
