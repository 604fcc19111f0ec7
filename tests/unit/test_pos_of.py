"""One place turns a POS account's kind into adapters (bootstrap/pos_of.py)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests

from tests.builders import a_pos_account
from tests.fakes.clock import FakeClock
from tests.fakes.pokes import FakePokes
from tests.fakes.pos_mirror import FakePosMirror
from tillbridge.adapters.lightspeed_x.catalogue import LightspeedCatalogue
from tillbridge.adapters.pos_cloud.at_first import PosByContract
from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.adapters.pos_cloud.web_orders import PosCloudWebOrders
from tillbridge.adapters.pos_epochs import (
    CatalogueInEpoch,
    FeedInEpoch,
    PosInEpoch,
    WebOrdersInEpoch,
)
from tillbridge.adapters.pos_mirror.pos import MirrorFeed, MirrorPos
from tillbridge.bootstrap import pos_of
from tillbridge.bootstrap.pos_of import (
    open_at_first,
    open_catalogue,
    open_feed,
    open_pos,
    open_web_orders,
)
from tillbridge.bootstrap.pos_openers import Mirroring, Reach
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.pos_account import PosKind
from tillbridge.ports.pos_web_orders import WebOrdersNotOffered

CONTRACT = replace(a_pos_account(), epoch=3)


def reach_of(kind: PosKind) -> Reach:
    account = replace(CONTRACT, kind=kind)
    return Reach(account, lambda _: "t", FakeClock(), 60_000, requests.Session())


def test_a_pos_of_the_contract_is_reached_as_ever() -> None:
    reach = reach_of(PosKind.CONTRACT)
    pos, feed = open_pos(reach), open_feed(reach)
    catalogue, orders = open_catalogue(reach), open_web_orders(reach)
    assert isinstance(pos, PosInEpoch)
    assert isinstance(feed, FeedInEpoch)
    assert isinstance(catalogue, CatalogueInEpoch)
    assert isinstance(orders, WebOrdersInEpoch)
    of_contract = (CONTRACT.address, reach.token, reach.clock, reach.deadline_ms, reach.http)
    assert pos.pos == PosCloud(*of_contract)
    assert feed.feed == PosCloudFeed(*of_contract)
    assert isinstance(catalogue.catalogue, PosCloudCatalogue)
    assert isinstance(orders.orders, PosCloudWebOrders)
    assert {each.epoch for each in (pos, feed, catalogue, orders)} == {3}
    at_first = open_at_first(PosKind.CONTRACT, requests.Session, reach.clock)
    assert isinstance(at_first, PosByContract)


@pytest.mark.parametrize(
    "call",
    [
        lambda reach: open_pos(reach).products([PosProductId("p")]),
        lambda reach: open_feed(reach).changes(0),
        lambda reach: list(open_catalogue(reach).changed(0)),
        lambda reach: open_catalogue(reach).ensure_department("Lamps"),
        lambda reach: open_web_orders(reach).booked(0),
        lambda reach: open_at_first(reach.account.kind, requests.Session, reach.clock).currency(
            "https://pos.example", "t"
        ),
    ],
)
def test_a_kind_that_this_release_cannot_reach_is_said_in_words_at_its_first_call(
    call: Callable[[Reach], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not when it is opened: only what goes wrong in a call is a state of the store, with its words."""
    monkeypatch.setattr(pos_of, "_OF_KIND", {})
    with pytest.raises(
        NeedsAttention, match="cannot reach a POS of the kind 'lightspeed-x'"
    ) as said:
        call(reach_of(PosKind.LIGHTSPEED_X))
    assert said.value.code == "pos_kind_unknown"


def test_a_lightspeed_account_is_read_from_its_mirror_and_written_by_its_calls() -> None:
    mirror, pokes = FakePosMirror(), FakePokes()
    account = replace(
        CONTRACT, kind=PosKind.LIGHTSPEED_X, facts={"currency": "USD", "tax_in_prices": "yes"}
    )
    reach = replace(
        reach_of(PosKind.LIGHTSPEED_X),
        account=account,
        mirroring=Mirroring(lambda _: mirror, lambda: pokes),
    )
    pos, feed, catalogue = open_pos(reach), open_feed(reach), open_catalogue(reach)
    assert isinstance(pos, PosInEpoch)
    assert isinstance(feed, FeedInEpoch)
    assert isinstance(catalogue, CatalogueInEpoch)
    assert pos.pos == MirrorPos(mirror, account.key)
    assert feed.feed == MirrorFeed(mirror, account.key)
    assert isinstance(catalogue.catalogue, LightspeedCatalogue)
    with pytest.raises(WebOrdersNotOffered, match="ledger"):
        open_web_orders(reach).booked(0)


def test_without_a_mirror_a_polled_pos_is_out_of_reach_in_words() -> None:
    reach = reach_of(PosKind.LIGHTSPEED_X)
    for call in (
        lambda: open_pos(reach).products([PosProductId("p")]),
        lambda: open_feed(reach).changes(0),
        lambda: list(open_catalogue(reach).changed(0)),
    ):
        with pytest.raises(NeedsAttention) as told:
            call()
        assert told.value.code == "pos_kind_unknown"
