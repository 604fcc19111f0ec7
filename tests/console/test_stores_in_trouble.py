"""A store that needs a person says why on every page, with the button that helps and no mark of the command line."""

from dataclasses import replace

import pytest

from tests.builders import a_connection
from tests.console.catalogue import HOSTILE, SHOP
from tests.console.shop import OLIVIA, SAM, Shop
from tests.console.shop_states import a_job
from tests.console.visits import S, post, visit
from tillbridge.console.render import commands, commands_plain
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.connection import StoreState
from tillbridge.domain.view_rows import POS

PAGES = (S, f"{S}/pos", f"{S}/jobs", "/stores")
PLACES = (
    "side",
    "command",
    "scope",
    "kind",
    "version",
    "what",
    "address",
    "why",
    "title",
    "refused",
    "order",
)


def in_trouble(code: AttentionCode) -> Shop:
    words = code.meaning.words
    for place in PLACES:
        words = words.replace(f"{{{place}}}", "tillbridge store add" if place == "command" else "x")
    made = a_connection(
        SHOP, state=StoreState.NEEDS_ATTENTION, attention_code=code, attention_words=words
    )
    return Shop(connection=made)


@pytest.mark.parametrize("code", AttentionCode)
def test_every_trouble_is_told_in_words_whose_commands_are_typed(
    code: AttentionCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = in_trouble(code).play(monkeypatch)
    for path in PAGES:
        seen = visit(shop, path)
        assert "`" not in seen.text, path
        assert code.meaning.words.split("{")[0][:20] in seen.text, path


@pytest.mark.parametrize(
    ("code", "button"),
    [
        (AttentionCode.TOKEN_DEAD, "New token…"),
        (AttentionCode.SCOPE_MISSING, "New token…"),
        (AttentionCode.TOO_MANY_REFUSED, "Try again"),
        (AttentionCode.SUSPENDED, "Try again"),
    ],
)
def test_owners_have_the_button_that_helps_in_the_band(
    code: AttentionCode, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = in_trouble(code).play(monkeypatch)
    assert visit(shop, f"{S}/pos", person=OLIVIA).texts(".band .b") == [button]
    assert visit(shop, f"{S}/pos", person=SAM).texts(".band .b") == []
    post(shop, f"{S}/resume")
    found = shop.deps.stores.find(SHOP)
    assert found is not None
    assert found.state is StoreState.ACTIVE


def test_a_row_and_a_line_say_commands_without_backticks(shop: Shop) -> None:
    words = "It is `gone`: `tillbridge retry p-1002` asks again."
    row = shop.views.get(SHOP, POS, ["p-1002"])["p-1002"]
    shop.views.put(SHOP, [replace(row, words=words)])
    line = replace(a_job().lines[0], words=words)
    shop.progress["job-7"] = a_job(lines=(line,))
    for path in (f"{S}/pos", f"{S}/jobs/job-7"):
        assert "tillbridge retry p-1002" in visit(shop, path).texts("main code")
    rows = visit(shop, f"{S}/rows", side=POS, id="p-1002").answer.body
    assert "It is `gone`: tillbridge retry p-1002 asks again." in rows
    now = visit(shop, f"{S}/jobs/job-7/progress").answer.body
    assert "It is `gone`: tillbridge retry p-1002 asks again." in now


@pytest.mark.parametrize("text", [*HOSTILE, "`x`", "`", "``", "a `tillbridge", "`tillbridge `"])
def test_what_is_no_command_of_ours_is_exactly_its_text(text: str) -> None:
    assert commands(text).unescape() == text
    assert commands_plain(text) == text
