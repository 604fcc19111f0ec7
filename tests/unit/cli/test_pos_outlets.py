"""`tillbridge pos outlets` names the stores of each outlet, and the settings that name one in vain."""

import pytest

from cli.pos.outlets import judged
from tests.builders import a_pos_account
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.switching import Outlet

QUAY, PIER = Outlet("o-1", "Quay"), Outlet("o-2", "Pier", active=False)
SHOP, OTHER = StoreId("shop"), StoreId("other")


def selling(*outlets: str, web: str = "") -> Settings:
    return Settings(outlets=frozenset(outlets), web_outlet=web)


def test_a_store_without_a_choice_sells_from_every_open_outlet() -> None:
    found = judged(a_pos_account(), [PIER, QUAY], {SHOP: selling(), OTHER: selling("o-1")})
    assert [(each.outlet.id, each.stores) for each in found.shown] == [
        ("o-1", (SHOP, OTHER)),
        ("o-2", ()),
    ]
    assert found.odd == ()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (selling("o-1", "o-2"), ["outlets names 'o-2' (Pier), which is closed"]),
        (selling("o-1", "gone"), ["outlets names 'gone', which the POS does not have"]),
        (selling("o-1", web="gone"), ["web_outlet names 'gone', which the POS does not have"]),
        (selling("o-2"), ["outlets names 'o-2' (Pier), which is closed", "every outlet that it"]),
    ],
)
def test_an_outlet_that_is_named_in_vain_is_said(settings: Settings, words: list[str]) -> None:
    found = judged(a_pos_account(), [QUAY, PIER], {SHOP: settings})
    assert [
        (each.store, each.words.startswith(w)) for each, w in zip(found.odd, words, strict=True)
    ] == [(SHOP, True)] * len(words)
