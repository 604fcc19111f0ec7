"""The page that connects a store: what is wrong stands beside its field, each scope with what to click; tokens
never come back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import a_connection
from tests.console.catalogue import SHOP
from tests.console.first_days import TILL, connected
from tests.console.shop import OLIVIA, SAM, Shop
from tests.console.visits import Seen, visit
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.token_box import FakeTokenBox
from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.pos_habits import facts_told

SECRET, POS_SECRET = "bc-5ecret", "pos-5ecret"
FILLED: dict[str, Sequence[str]] = {
    "name": ["quay"],
    "hash": ["abc123"],
    "access_token": [SECRET],
    "pos": ["till"],
}
NEW: dict[str, Sequence[str]] = {
    "pos": ["new"],
    "pos_address": ["https://other.example/api/"],
    "pos_token": [POS_SECRET],
    "pos_sender": ["pos.other@123456789012"],
}
QUAY = StoreId("quay")


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    return connected().play(monkeypatch)


def sides(shop: Shop) -> FakeSides:
    found = shop.deps.scopes
    assert isinstance(found, FakeSides)
    return found


def lack(shop: Shop, *names: str) -> None:
    """Let BigCommerce's token lack scopes."""
    sides(shop).lacks = set(names)


def tokens(shop: Shop) -> dict[str, str]:
    found = shop.deps.tokens
    assert isinstance(found, FakeTokenBox)
    return found.kept


def send(shop: Shop, **changed: str) -> Seen:
    form = {**FILLED, **{name: [value] for name, value in changed.items()}}
    return visit(shop, "/stores/connect", method="POST", form=form)


def test_a_store_is_connected_to_a_pos_that_is_known(shop: Shop) -> None:
    done = send(shop)
    assert done.answer.location == "/stores/quay/first-day?said=connected"
    made = shop.deps.stores.find(QUAY)
    assert made is not None
    assert (made.store_hash, made.api_url) == ("abc123", "https://api.bigcommerce.com")
    assert made.pos_account == TILL
    assert tokens(shop) == {"store/quay": SECRET}, "the POS's token is neither read nor written"


LIGHTSPEED = PosAccount(
    PosAccountKey("lightspeed-quay"),
    "https://quay.retail.lightspeed.app",
    "pos.lightspeed-x",
    kind=PosKind.LIGHTSPEED_X,
    facts=facts_told("Quay Gifts", "r-1", "USD", (), tax_in_prices=False, prices=None),
)


@pytest.fixture
def with_lightspeed(shop: Shop) -> Shop:
    """Return the shop after `tillbridge pos connect lightspeed`."""
    shop.deps.connections.save_new(a_connection("other", pos_account=LIGHTSPEED))
    return shop


def test_a_pos_of_a_vendor_is_chosen_by_its_name_and_no_token_of_it_is_typed(
    with_lightspeed: Shop,
) -> None:
    shown = visit(with_lightspeed, "/stores/connect").text
    assert "Lightspeed Retail (X-Series), Quay Gifts, https://quay.retail.lightspeed.app" in shown
    assert send(with_lightspeed, pos="lightspeed-quay").answer.location is not None
    made = with_lightspeed.deps.stores.find(QUAY)
    assert made is not None
    assert made.pos_account == LIGHTSPEED
    assert tokens(with_lightspeed) == {"store/quay": SECRET}
    settings = visit(with_lightspeed, "/stores/quay/settings").text
    assert "Lightspeed Retail (X-Series), Quay Gifts" in settings


def test_prices_with_tax_and_without_are_not_mixed(with_lightspeed: Shop) -> None:
    found = sides(with_lightspeed)
    found.store = replace(found.store, prices_with_tax=True)
    seen = send(with_lightspeed, pos="lightspeed-quay")
    assert seen.answer.status == 422
    assert "every price online would be wrong" in seen.text
    assert with_lightspeed.deps.stores.find(QUAY) is None


def test_a_new_pos_is_asked_and_gets_an_account(shop: Shop) -> None:
    visit(shop, "/stores/connect", method="POST", form={**FILLED, **NEW})
    made = shop.deps.stores.find(QUAY)
    assert made is not None
    account = made.pos_account
    assert (account.key, account.address) == ("quay", "https://other.example/api")
    assert (account.source, account.aws_account) == ("pos.other", "123456789012")
    assert account.facts == {"currency": "USD"}
    assert tokens(shop) == {"store/quay": SECRET, "pos/quay": POS_SECRET}


def nothing_saved(shop: Shop) -> bool:
    return tokens(shop) == {} and shop.deps.stores.all() == [SHOP]


@pytest.mark.parametrize("lacks", ["Products", "Inventory", "Information & settings"])
def test_a_token_that_lacks_a_scope_is_refused_with_what_to_click(shop: Shop, lacks: str) -> None:
    lack(shop, lacks)
    seen = send(shop)
    assert seen.answer.status == 422
    (missing,) = seen.texts("#scopes .missing")
    assert missing.startswith(f"{lacks}: missing")
    assert f"lacks “{lacks}:" in missing
    assert "Store-level API accounts" in missing
    assert len(seen.tree.select("#scopes li")) == 5
    assert "Not everything that is needed" in seen.texts("#access_token-wrong")[0]
    assert nothing_saved(shop)


def test_a_token_that_was_revoked_and_a_wrong_hash_stand_beside_their_fields(shop: Shop) -> None:
    sides(shop).tokens = {"other"}
    assert send(shop).tree.select("#access_token-wrong")
    sides(shop).tokens, sides(shop).hashes = set(), {"other"}
    seen = send(shop)
    assert seen.tree.select("#hash-wrong")
    assert "knows no store abc123" in seen.text
    assert nothing_saved(shop)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Use letters"),
        ("name", "Käse", "Use letters"),
        ("name", "a/b", "Use letters"),
        ("name", "connect", "is a page of the console"),
        ("name", "x" * 65, "64 at most"),
        ("name", SHOP, "connected already"),
        ("hash", "", "between stores/ and /v3"),
        ("hash", "abc/../x", "between stores/ and /v3"),
        ("access_token", "", "Paste the access token"),
        ("access_token", "two words", "characters that no token has"),
        ("pos", "gone", "not known any more"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    shop: Shop, field: str, value: str, words: str
) -> None:
    seen = send(shop, **{field: value})
    assert seen.answer.status == 422
    assert words in seen.text
    assert sides(shop).asked == [], "nobody is asked with what cannot be"
    assert nothing_saved(shop)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pos_address", ""),
        ("pos_address", "http://other.example"),
        ("pos_address", "https://localhost/x"),
        ("pos_address", "https://127.0.0.1:9001"),
        ("pos_address", "http://127.0.0.1:9001"),
        ("pos_address", "https://169.254.169.254/latest"),
        ("pos_address", "https://10.0.0.7"),
        ("pos_address", "https://[::1]/x"),
        ("pos_address", "https://u:p@other.example"),
        ("pos_address", "https://other.example/?x=1"),
        ("pos_address", "https://other.example/" + "x" * 500),
        ("pos_token", ""),
        ("pos_sender", ""),
        ("pos_sender", "aws.events"),
        ("pos_sender", "tillbridge.console"),
        ("pos_address", TILL.address),
    ],
)
def test_no_token_goes_to_an_odd_pos(shop: Shop, field: str, value: str) -> None:
    form = {**FILLED, **NEW, field: [value]}
    seen = visit(shop, "/stores/connect", method="POST", form=form)
    assert seen.answer.status == 422
    assert seen.tree.select(f"#{field}-wrong")
    assert sides(shop).asked == []
    assert nothing_saved(shop)


def test_a_pos_that_is_none_says_so_beside_its_address(shop: Shop) -> None:
    sides(shop).pos_refuses = CannotConnect(
        ConnectCode.POS_TOKEN, "The POS refuses the token (401)."
    )
    seen = visit(shop, "/stores/connect", method="POST", form={**FILLED, **NEW})
    assert seen.texts("#pos_token-wrong") == ["The POS refuses the token (401)."]
    assert nothing_saved(shop)


def test_a_store_that_has_another_name_here_is_said(shop: Shop) -> None:
    send(shop)
    seen = send(shop, name="again")
    assert "connected already, as 'quay'" in seen.texts("#hash-wrong")[0]
    assert "store/again" not in tokens(shop)


def test_sent_twice_it_is_connected_once(shop: Shop) -> None:
    send(shop)
    made = shop.deps.stores.find(QUAY)
    asked = len(sides(shop).asked)
    again = send(shop, access_token="another")
    assert again.answer.location == "/stores/quay/first-day?said=connected_before"
    assert shop.deps.stores.find(QUAY) == made
    assert (len(sides(shop).asked), tokens(shop)) == (asked, {"store/quay": SECRET})


def test_a_new_pos_sent_twice_is_connected_once(shop: Shop) -> None:
    form = {**FILLED, **NEW}
    visit(shop, "/stores/connect", method="POST", form=form)
    again = visit(shop, "/stores/connect", method="POST", form=form)
    assert again.answer.location.endswith("said=connected_before")
    assert len(shop.deps.connections.pos_accounts()) == 2


def test_bigcommerce_that_is_down_keeps_the_form(shop: Shop) -> None:
    sides(shop).down = True
    seen = send(shop)
    assert seen.answer.status == 503
    assert "Nothing was saved; try again" in seen.text
    assert seen.values("#hash", "value") == ["abc123"]


@pytest.mark.parametrize("trouble", ["lacks", "down", "odd name"])
def test_no_token_is_ever_on_a_page(shop: Shop, trouble: str) -> None:
    lack(shop, "Products")
    sides(shop).down = trouble == "down"
    odd: dict[str, Any] = {"name": ["/"]} if trouble == "odd name" else {}
    seen = visit(shop, "/stores/connect", method="POST", form={**FILLED, **NEW, **odd})
    assert SECRET not in seen.answer.body
    assert POS_SECRET not in seen.answer.body
    assert seen.values("#pos_address", "value") == ["https://other.example/api/"]


def test_only_who_owns_every_store_is_offered_it(shop: Shop) -> None:
    assert visit(shop, "/stores", person=OLIVIA).tree.select("a[href='/stores/connect']")
    assert not visit(shop, "/stores", person=SAM).tree.select("a[href='/stores/connect']")


def test_no_field_of_the_form_is_called_like_its_own_token(shop: Shop) -> None:
    fields = visit(shop, "/stores/connect").values("main form input", "name")
    assert fields.count("token") == 1
