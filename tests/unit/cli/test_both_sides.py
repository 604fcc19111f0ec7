"""Both sides are asked before anything is saved, and say in words what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from typer.testing import CliRunner

from cli.cannot_run import CannotRun
from cli.deployment import both_sides
from cli.deployment.both_sides import ask_pos, ask_store
from cli.main import app
from tests.unit.adapters.canned_http import Canned, answer

DEEP = b"[" * 100_000


def _answering(monkeypatch: pytest.MonkeyPatch, *steps: Any) -> Canned:
    canned = Canned(list(steps))
    monkeypatch.setattr(both_sides, "new_http_session", canned.http_session)
    return canned


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (requests.ConnectionError(), "No answer from .*--pos-url"),
        (answer(404), "status 404 .*check-pos https://pos.example"),
        (answer(302, b"", {"Location": "https://evil.example"}), "status 302"),
        (answer(200, b"<html>"), "does not answer as a POS does"),
        (answer(200, DEEP), "does not answer as a POS does"),
        (answer(200, b"[]"), "does not answer as a POS does"),
        (answer(200, b'{"data": {}}'), "does not answer as a POS does"),
        (answer(200, b'{"data": []}'), "has no outlet"),
    ],
)
def test_what_is_no_pos_is_said(monkeypatch: pytest.MonkeyPatch, step: Any, told: str) -> None:
    _answering(monkeypatch, step)
    with pytest.raises(CannotRun, match=told):
        ask_pos("https://pos.example", "t")


@pytest.mark.parametrize("records", [[], [7], [{}], [{"currency": None}], [{"currency": 1}]])
def test_a_pos_whose_records_tell_no_currency_does_not_tell_it(
    monkeypatch: pytest.MonkeyPatch, records: list[Any]
) -> None:
    outlets, page = {"data": [{"id": "o"}]}, {"data": records}
    _answering(
        monkeypatch,
        answer(200, json.dumps(outlets).encode()),
        answer(200, json.dumps(page).encode()),
    )
    assert ask_pos("https://pos.example", "t") == ""


@pytest.mark.parametrize("body", [DEEP, b"[]", b"7", b"<html>", b""])
def test_what_is_no_bigcommerce_is_said(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    _answering(monkeypatch, answer(200, body))
    with pytest.raises(CannotRun, match="Check --api-url"):
        ask_store("https://api.example", "abc", "t")


@pytest.mark.parametrize("channel", [None, "x", 0, -1, 1.5, [], 10**30])
def test_an_odd_channel_is_no_traceback(monkeypatch: pytest.MonkeyPatch, channel: object) -> None:
    _answering(monkeypatch, answer(200, json.dumps({"default_channel_id": channel}).encode()))
    assert ask_store("https://api.example", "abc", "t").channel_id == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--api-url", "http://api.example"),
        ("--api-url", "ftp://api.example"),
        ("--api-url", "https://u:p@api.example"),
        ("--api-url", "https://api.example\x1b[2J"),
        ("--pos-url", "http://pos.example"),
        ("--pos-url", "pos.example"),
        ("--hash", "abc/../x"),
        ("--hash", "abc\n"),
        ("--hash", ""),
    ],
)
def test_an_address_or_hash_that_cannot_be_is_refused_before_anyone_is_asked(
    words: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path / "home"))
    canned = _answering(monkeypatch)
    token = tmp_path / "token"
    token.write_text("secret-token")
    given = {"--hash": "abc", "--token-file": str(token)} | dict([words])
    done = CliRunner().invoke(
        app, ["store", "add", "shop", *(each for pair in given.items() for each in pair)]
    )
    assert done.exit_code == 2, done.output
    assert not canned.asked
    assert "\x1b" not in done.output
    assert not (tmp_path / "home").exists()
