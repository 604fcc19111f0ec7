"""A missing, corrupt or foreign file ends a command with words, never with a traceback."""

from pathlib import Path
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from cli.deployment.accounts import find_account
from cli.deployment.home import read_token
from cli.deployment.pos_side import told_pos
from cli.deployment.target import find_target
from cli.deployment.world import own_world, world_file

FOREIGN = [b"", b"{", b"[]", b"\xff\xfe", b"[" * 9, b"[" * 100_000]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path))
    monkeypatch.delenv("TILLBRIDGE_STACK", raising=False)
    return tmp_path


NUMBERS = b'{"name": "shop", "store_hash": 1, "token_file": 2, "api_url": 3}'
OTHERS = [b'{"outputs": [], "endpoint_url": "http://127.0.0.1:1"}', b'{"outputs": {}}']
AT_AWS = b'{"outputs": {"stores_table": "t"}, "endpoint_url": "https://dynamodb.eu-west-1.amazonaws.com"}'
NO_PLACE = b'{"outputs": {"stores_table": "t"}, "endpoint_url": null}'


@pytest.mark.parametrize("held", [*FOREIGN, *OTHERS, AT_AWS, NO_PLACE])
def test_a_file_of_a_running_world_that_is_not_as_saved_is_named_and_leads_nowhere(
    held: bytes,
) -> None:
    with own_world():
        world_file().write_bytes(held)
        with pytest.raises(CannotRun, match=r"world\.json .* start `tillbridge up` again"):
            find_target()


@pytest.mark.parametrize("held", [*FOREIGN, *OTHERS, AT_AWS, NO_PLACE])
def test_what_a_world_left_that_does_not_run_any_more_is_in_nobodys_way(held: bytes) -> None:
    world_file().write_bytes(held)
    assert find_target() is None
    assert not world_file().exists()


@pytest.mark.parametrize("held", [*FOREIGN, b"{}", b'{"name": "shop", "hash": 1}', NUMBERS])
def test_an_account_that_cannot_be_read_can_be_added_again(home: Path, held: bytes) -> None:
    (home / "stores").mkdir()
    (home / "stores" / "shop.json").write_bytes(held)
    with pytest.raises(CannotRun, match="`tillbridge store add shop"):
        find_account("shop")


@pytest.mark.parametrize(
    "held", [b"", b" \n", b"two words", b"two\nlines", b"\xff\xfe", "täken".encode(), b"a\x00b"]
)
def test_a_token_is_one_word_on_one_line(home: Path, held: bytes) -> None:
    (home / "token").write_bytes(held)
    with pytest.raises(CannotRun, match="token"):
        read_token(home / "token")


def test_a_token_may_end_in_a_line_end_and_begin_with_a_mark(home: Path) -> None:
    (home / "token").write_bytes(b"\xef\xbb\xbfabc-123\r\n")
    assert read_token(home / "token") == "abc-123"


def test_a_token_file_that_is_gone_is_named(home: Path) -> None:
    with pytest.raises(CannotRun, match="gone"):
        read_token(home / "gone")


@pytest.mark.parametrize(("url", "file"), [("https://pos.example", None), ("", Path(__file__))])
def test_the_address_of_a_pos_is_not_passed_over_without_its_token(
    url: str, file: Path | None
) -> None:
    target: Any = object()
    with pytest.raises(CannotRun, match="--pos-url and --pos-token-file"):
        told_pos(target, url, file, "")
