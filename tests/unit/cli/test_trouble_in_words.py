"""An error outside ends in one sentence and exit status 1; a bug keeps its traceback."""

import errno
import socket

import pytest
import requests
import typer
from botocore.exceptions import ClientError, EndpointConnectionError

from cli import main as command_line
from cli.asking.imports import RequestStuck
from cli.asking.quiet import NeverQuiet
from cli.asking.runs import NoRun
from cli.trouble import words_of
from cli.verify.reading import ReadFailedError
from sandbox.aws.server import LocalAwsFailedError
from sandbox.pos.publisher import PublishError
from tillbridge.domain.errors import SavedByNewer, UnreadableStore

POS = "http://127.0.0.1:4701/v1/products"


def _no_answer() -> requests.ConnectionError:
    asked = requests.Request("GET", POS, params={"limit": 500}).prepare()
    return requests.ConnectionError("Max retries exceeded (0x7f)", request=asked)


def _answered(status: int) -> requests.HTTPError:
    answer = requests.Response()
    answer.status_code, answer.url = status, f"{POS}?limit=500"
    return requests.HTTPError("?", response=answer)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (RequestStuck("3 of 9 products are done"), "3 of 9 products are done"),
        (NeverQuiet("there is work left"), "there is work left"),
        (NoRun("nothing has happened"), "nothing has happened"),
        (PublishError("not taken by the bus"), "not taken by the bus"),
        (ReadFailedError("The POS cannot be read"), "The POS cannot be read"),
        (LocalAwsFailedError("cannot have port 4700"), "cannot have port 4700"),
        (SavedByNewer("This row", 2, 1), "saved by a newer Tillbridge (2); this one reads up to 1"),
        (UnreadableStore("The connection cannot be read"), "cannot be read"),
        (_no_answer(), f"No answer from {POS}. Is the POS or the store still running?"),
        (_answered(503), f"{POS} returned status 503."),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:1"), "tillbridge up"),
        (ClientError({"Error": {"Code": "AccessDenied"}}, "Query"), "AWS refused the request"),
        (OSError(errno.EADDRINUSE, "Address already in use"), "--port-base"),
        (OSError(errno.ENOSPC, "No space left on device"), "printed or saved cannot be"),
        (PermissionError(errno.EACCES, "Permission denied", "/h/world.new"), "/h/world.new cannot"),
        (socket.gaierror(-2, "Name or service not known"), "leads to no address"),
        (ClientError({"Error": {"Code": "ExpiredToken"}}, "Query"), "credentials have expired"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_trouble_has_words_for_a_person(trouble: Exception, words: str) -> None:
    assert words in (words_of(trouble) or "")


@pytest.mark.parametrize("bug", [KeyError("price"), OSError(errno.EIO, "Input/output error")])
def test_a_bug_has_no_words(bug: Exception) -> None:
    assert words_of(bug) is None


def _ends(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> object:
    def fails() -> None:
        raise trouble

    app = typer.Typer()
    app.command()(fails)
    monkeypatch.setattr(command_line, "app", app)
    monkeypatch.setattr("sys.argv", ["tillbridge"])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    return ended.value.code


def test_trouble_ends_the_command_with_status_1_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ends(monkeypatch, RequestStuck("3 of 9 products [done]")) == 1
    assert capsys.readouterr().err.strip() == "3 of 9 products [done]"


def test_a_bug_ends_the_command_with_its_own_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ends(monkeypatch, KeyError("price\x1b]0;t\x07")) == 1
    told = capsys.readouterr().err
    assert "Traceback (most recent call last):\n" in told
    assert told.endswith("\nKeyError: 'price\\x1b]0;t\\x07'\n")


def test_a_bug_sends_nothing_to_the_terminal_that_controls_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ends(monkeypatch, ValueError("price \x1b[2J")) == 1
    assert capsys.readouterr().err.endswith("\nValueError: price ␛[2J\n")
