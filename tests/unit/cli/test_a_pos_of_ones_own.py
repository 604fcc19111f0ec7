"""`tillbridge up --pos-url …`: what is said of a POS of one's own is judged before a world is started."""

from pathlib import Path

import pytest

from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.up import own_pos
from cli.deployment import both_sides
from cli.deployment.pos_side import PosSide

ADDRESS = "http://127.0.0.1:8300"


@pytest.fixture
def token(tmp_path: Path) -> Path:
    path = tmp_path / "token.txt"
    path.write_text("my-pos-token\n")
    return path


def test_without_a_word_of_one_it_is_the_worlds() -> None:
    assert own_pos("", None, "") is None


def test_an_address_and_a_token_go_together(token: Path) -> None:
    for address, file in ((ADDRESS, None), ("", token)):
        with pytest.raises(WrongArguments, match="both --pos-url and --pos-token-file"):
            own_pos(address, file, "")


def test_a_sender_alone_says_nothing() -> None:
    with pytest.raises(WrongArguments, match="give --pos-url too"):
        own_pos("", None, "pos.mini")


def test_an_address_that_no_token_may_be_sent_to_is_refused(token: Path) -> None:
    with pytest.raises(WrongArguments, match="cannot be used"):
        own_pos("http://pos.example", token, "")


def test_it_is_asked_before_a_world_is_started(
    token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(both_sides, "ask_pos", lambda *told: asked.append(told))
    assert own_pos(f"{ADDRESS}/", token, "pos.mini") == PosSide(ADDRESS, "my-pos-token", "pos.mini")
    assert asked == [(f"{ADDRESS}/", "my-pos-token")]

    def silent(*_told: str) -> str:
        raise CannotRun("No answer.")

    monkeypatch.setattr(both_sides, "ask_pos", silent)
    with pytest.raises(CannotRun, match="No answer"):
        own_pos(ADDRESS, token, "")
