"""`tillbridge pos outlets` names the stores of each outlet, and the settings that name one in vain."""

from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from cli.deployment import both_sides, secrets
from cli.pos import outlets
from cli.pos.outlets import judged
from cli.screen.console import console
from cli.screen.pos_report import show_outlets
from tests.builders import a_pos_account
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosKind
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


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "InvalidRequestException"])
def test_a_pos_whose_token_is_gone_says_what_to_type_and_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def read(_: object, name: str, __: str) -> str:
        if "gone" in name:
            raise ClientError({"Error": {"Code": code}}, "GetSecretValue")
        return "t0ken"

    monkeypatch.setattr(secrets, "_read", read)
    monkeypatch.setattr(both_sides, "outlets_of", lambda account, token: [QUAY])
    monkeypatch.setattr(outlets, "stores_by_account", lambda _: {})
    target = SimpleNamespace(outputs={"secret_prefix": "s"})
    vendors = a_pos_account("lightspeed-gone", kind=PosKind.LIGHTSPEED_X)
    found = outlets.outlets_of(target, vendors)  # type: ignore[arg-type]  # a part of one
    assert "`tillbridge pos connect lightspeed --prefix gone`" in found.trouble
    with console.capture() as seen:
        show_outlets(found)
    assert "is gone" in " ".join(seen.get().split())
    other = outlets.outlets_of(target, a_pos_account("quay"))  # type: ignore[arg-type]
    assert (len(other.shown), other.trouble) == (1, "")
