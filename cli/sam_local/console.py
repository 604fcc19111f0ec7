"""The console in a container, behind `sam local start-api`.

That knows no JWT authorizer and hands every call on without claims, so whatever asks the API there must be
refused by the function itself. People come in by an issuer that browsers and containers reach alike."""

import html
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

import requests

from cli.deployment.sign_in import ticket_of
from cli.sam_local.sam import ENVIRONMENT, check, command
from cli.sam_local.template import ConsoleDoor
from cli.screen.console import console
from sandbox.people.server import PeopleServer
from tillbridge.domain.ids import StoreId

_START_SECONDS = 300.0
_CALL_SECONDS = 120.0
_STYLE = re.compile(r'href="(/static/[^"]+\.css)"')


@contextmanager
def open_door(client_id: str, host: str) -> Iterator[ConsoleDoor]:
    """Find a port for the console, and run an issuer of the local world's people for it, until exit."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    everywhere = "0.0.0.0"  # noqa: S104 - containers come from outside
    with PeopleServer(client_id, f"{url}/sign-in/back", 0, everywhere, known_as=host) as people:
        yield ConsoleDoor(url, people.address)


def check_console(template: Path, host: str, door: ConsoleDoor, store: StoreId, shown: str) -> None:
    """Serve the console from containers; exit with 1 unless files and pages come, people come in and see the
    product `shown`, and the API refuses a call without claims."""
    with _served(template, host, door) as http:
        _check_pages(http, door)
        refused = http.get(f"{door.url}/api/v1/me", timeout=_CALL_SECONDS)
        bearer = refused.headers.get("www-authenticate") == "Bearer"
        check(refused.status_code == 401 and bearer, "/api without claims is 401", refused.text)
        _check_way_in(http, door, store, shown)


@contextmanager
def _served(template: Path, host: str, door: ConsoleDoor) -> Iterator[requests.Session]:
    """Run `sam local start-api` until exit; yield what calls it once it answers."""
    port = str(urlsplit(door.url).port)
    words = command(["start-api", "--port", port, "--warm-containers", "LAZY"], template, host)
    console.print(f"$ sam local start-api --port {port}")
    with TemporaryFile("w+") as said, requests.Session() as http:
        http.trust_env = False
        served = subprocess.Popen(words, env=ENVIRONMENT, stdout=said, stderr=said)  # noqa: S603 - the sam of this very venv
        try:
            up = _answers(served, http, door)
            said.seek(0)
            check(up, "start-api serves the console", said.read()[-4000:])
            yield http
        finally:
            end(served)


def end(served: subprocess.Popen[bytes]) -> None:
    """End a `sam`, which then removes its containers. Not as Ctrl-C does: what a script began in the background ignores
    that, and so do its children. Raise TimeoutExpired when it goes on for a minute."""
    served.terminate()
    served.wait(timeout=60)


def _answers(served: subprocess.Popen[bytes], http: requests.Session, door: ConsoleDoor) -> bool:
    until = time.monotonic() + _START_SECONDS
    while served.poll() is None and time.monotonic() < until:
        try:
            return http.get(f"{door.url}/health", timeout=_CALL_SECONDS).text == "ok"
        except requests.ConnectionError:
            time.sleep(0.5)  # SAM tells nobody when it listens
    return False


def _check_pages(http: requests.Session, door: ConsoleDoor) -> None:
    first = http.get(f"{door.url}/", timeout=_CALL_SECONDS, allow_redirects=False)
    led = http.get(f"{door.url}/sign-in", timeout=_CALL_SECONDS, allow_redirects=False)
    to = led.headers.get("location", "")
    asks = first.status_code == led.status_code == 303 and to.startswith(
        f"{door.issuer}/authorize?"
    )
    check(asks, f"a page leads to the issuer at {door.issuer}", f"{first.headers}\n{led.text}")
    page = http.get(f"{door.url}/signed-out", timeout=_CALL_SECONDS)
    style = _STYLE.search(page.text)
    check(page.status_code == 200 and style is not None, "the signed-out page is shown", page.text)
    assert style is not None
    file = http.get(f"{door.url}{style[1]}", timeout=_CALL_SECONDS)
    kept = "immutable" in file.headers.get("cache-control", "")
    check(file.status_code == 200 and kept, f"its file {style[1]} is there", file.text)


def _check_way_in(http: requests.Session, door: ConsoleDoor, store: StoreId, shown: str) -> None:
    asked = http.get(f"{door.url}/stores/{store}/pos", timeout=_CALL_SECONDS)
    choice = {"ticket": ticket_of(asked.text), "who": "vera"}
    page = http.post(f"{door.issuer}/choose", data=choice, timeout=_CALL_SECONDS)
    there = page.url == f"{door.url}/stores/{store}/pos" and shown in html.unescape(page.text)
    check(there, f"Vera comes in and sees {shown}", f"{page.url}\n{page.text[:3000]}")
