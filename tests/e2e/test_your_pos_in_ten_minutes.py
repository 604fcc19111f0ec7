"""docs/your-pos-in-ten-minutes.md as a POS's vendor types it: its commands, one after another."""

import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest
import requests

from tests.e2e.conftest import Run
from tests.e2e.test_local_world import ended, started

pytestmark = pytest.mark.enable_socket

PAGE = Path(__file__).parents[2] / "docs" / "your-pos-in-ten-minutes.md"
SECONDS = 30


def _free_ports() -> tuple[int, int]:
    """Return a port for the POS, and the first of five in a row for the world."""
    while True:
        with socket() as first:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            if port < 60_000 and all(map(_is_free, range(port + 1, port + 6))):
                return port + 5, port


def _is_free(port: int) -> bool:
    with socket() as one:
        return one.connect_ex(("127.0.0.1", port)) != 0


POS_PORT, PORT_BASE = _free_ports()


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the words of each command of the page by its first three; ports and the token's file are the test's."""
    token = tmp_path_factory.mktemp("token") / "token.txt"
    page = PAGE.read_text(encoding="utf-8").replace("8300", str(POS_PORT))
    page = page.replace("4700", str(PORT_BASE)).replace("token.txt", str(token))
    found = {}
    for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line)
            found[" ".join(words[:2])] = words[1:] if words[0] == "tillbridge" else words
    _, secret, _, path = found["printf my-pos-token"]
    Path(path).write_text(secret, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def pos(typed: dict[str, list[str]], repository: Path) -> Iterator[None]:
    """Run the POS of the page."""
    _, *words = typed["python examples/pos_server.py"]
    server = subprocess.Popen(
        [sys.executable, *words], cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert server.stdout is not None
        assert b"A POS at" in server.stdout.readline()
        yield
    finally:
        server.kill()
        server.communicate()


@pytest.fixture(scope="module")
def said(pos: None, typed: dict[str, list[str]], environment: dict[str, str]) -> Iterator[str]:
    """Run the world of the page, and return what it said of itself."""
    # Also for containers, so that `sam-env` needs no world of its own.
    everywhere = "0.0.0.0"  # noqa: S104 - containers come from outside
    words = [*typed["tillbridge up"], "--port-base", str(PORT_BASE), "--host", everywhere]
    process = started(words, environment, "Ctrl-C ends it")
    yield process.said  # type: ignore[attr-defined]  # `started` leaves it there
    assert ended(process) == 0


@pytest.mark.usefixtures("pos")
def test_nothing_is_missing_in_the_pos(tillbridge: Run, typed: dict[str, list[str]]) -> None:
    checked = tillbridge(*typed["tillbridge check-pos"])
    assert "Nothing is missing." in checked.stdout, checked.stdout + checked.stderr
    assert checked.returncode == 0
    shown = PAGE.read_text(encoding="utf-8").partition("## 3.")[0]
    sentences = re.findall(r"^│ (.*?) +│ (there|not known)", shown, re.MULTILINE)
    assert len(sentences) == 3
    for sentence, status in sentences:
        assert re.search(rf"{sentence}\t{status}", checked.stdout)


def test_what_is_sold_at_the_till_is_sold_online(
    tillbridge: Run, typed: dict[str, list[str]], said: str
) -> None:
    pushed = tillbridge(*typed["tillbridge push"])
    assert "1 linked, 0 failed" in pushed.stdout, pushed.stdout + pushed.stderr
    assert _level(said) == 60
    curl = typed["curl -X"]
    assert curl[:3] == ["curl", "-X", "POST"]
    assert requests.post(curl[3], timeout=SECONDS).status_code == 200
    until = time.monotonic() + SECONDS
    while _level(said) != 59 and time.monotonic() < until:
        time.sleep(0.1)  # the event has nobody to tell: it takes the same way as on AWS
    assert _level(said) == 59
    why = tillbridge(*typed["tillbridge why"])
    for line in ("stock: 59", "a sale", "on hand 59, committed 0, promised on the web 0"):
        assert line in why.stdout


def test_the_page_shows_what_the_world_says(said: str) -> None:
    page = PAGE.read_text(encoding="utf-8").replace("8300", str(POS_PORT))
    block = page.replace("4700", str(PORT_BASE)).partition("It prints where everything is:")[2]
    for line in block.split("```")[1].strip().splitlines():
        assert line in said


def test_sam_local_gets_the_values_of_the_world(tillbridge: Run, said: str) -> None:
    told = json.loads(tillbridge("sam-env", "intake", "sale.completed", "--json").stdout)
    (line,) = told["commands"]
    words = shlex.split(line)
    assert words[words.index("--template") + 1] == told["template"]
    template = json.loads(Path(told["template"]).read_text())
    intake = template["Resources"]["IntakeFunction"]["Properties"]["Environment"]["Variables"]
    assert intake["AWS_ENDPOINT_URL"] == f"http://172.17.0.1:{PORT_BASE}"
    assert intake["PENDING_TABLE"]
    console = template["Resources"]["ConsoleFunction"]["Properties"]["Environment"]["Variables"]
    assert f"{console['CONSOLE_URL']}/" in said


def _level(said: str) -> int | None:
    """Return the level of the candle in the sandbox store, as its API tells it."""
    found = re.search(r"BigCommerce +(\S+)\nits token +(\S+)", said)
    assert found is not None
    answer = requests.get(
        f"{found[1]}catalog/products?sku=CNDL20",
        headers={"X-Auth-Token": found[2]},
        timeout=SECONDS,
    )
    (candle,) = answer.json()["data"]
    level: int = candle["inventory_level"]
    return level
