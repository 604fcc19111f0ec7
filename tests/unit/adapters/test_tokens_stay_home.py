"""No session carries a token to another host: not by a redirect, not in clear text, not for a user
in the address; and nobody makes a session of another kind."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_session import PosCall
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention
from tillbridge.environment import lab_host

MAKER = Path("layers/common/python/tillbridge/adapters/http.py")
BAD = [
    "http://pos.example",
    "http://10.0.0.5:80",
    "ftp://pos.example",
    "https://user:secret@pos.example",
    "",
    "pos.example",
    "https://pos.example\r\nX: y",
]


def _store_call(base: str, http: requests.Session) -> Any:
    clock = FakeClock()
    transport = Transport(base, lambda _: "secret-token", clock, clock.now_ms() + 60_000, http)
    return transport.send(Call("GET", "/v3/catalog/products"), lambda got: got)


def _pos_call(base: str, http: requests.Session) -> Any:
    clock = FakeClock()
    calls = PosCalls(base, lambda _: "secret-token", clock, clock.now_ms() + 60_000, http)
    return calls.send(PosCall("GET", "/v1/outlets"))


@pytest.mark.parametrize("call", [_store_call, _pos_call])
@pytest.mark.parametrize("base", BAD)
def test_a_stored_address_that_is_no_good_needs_attention_and_gets_no_call(
    call: Callable[[str, requests.Session], Any], base: str
) -> None:
    canned = Canned([])
    with pytest.raises(NeedsAttention) as refused:
        call(base, canned.http_session())
    assert refused.value.code == AttentionCode.ADDRESS_REFUSED
    assert "tillbridge store add" in str(refused.value)
    assert "secret" not in str(refused.value)
    assert not canned.asked


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_redirect_is_an_answer_and_nothing_is_sent_after_it(status: int, method: str) -> None:
    canned = Canned([answer(status, b"", {"Location": "https://evil.example/"})])
    got = canned.http_session().request(
        method, "https://pos.example/", headers={"X-Auth-Token": "secret-token"}, timeout=1
    )
    assert got.status_code == status
    assert len(canned.asked) == 1


@pytest.mark.parametrize("status", [302, 308])
def test_a_caller_cannot_ask_for_redirects_either(status: int) -> None:
    canned = Canned([answer(status, b"", {"Location": "https://evil.example/"})])
    canned.http_session().get("https://pos.example/", allow_redirects=True, timeout=1)
    assert len(canned.asked) == 1


def test_a_lab_is_told_by_the_address_of_its_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    for endpoint, host in (
        ("http://172.17.0.1:4850", "172.17.0.1"),
        ("https://vpce.example", ""),
        ("", ""),
    ):
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        assert lab_host() == host
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    assert lab_host() == ""


def _opens_connections(tree: ast.AST) -> list[str]:
    """Return what code calls that opens a connection by itself."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.startswith("requests.") or called.endswith("urlopen"):
                found.append(called)
        if isinstance(node, ast.ImportFrom) and node.module in ("requests", "requests.api"):
            found += [f"requests.{name.name}" for name in node.names]
    return [call for call in found if call.rpartition(".")[2] in _OPENERS]


_OPENERS = {
    *("Session", "session", "request", "get", "post", "put", "patch", "delete", "head", "options"),
    *("urlopen", "HTTPConnection", "HTTPSConnection", "PoolManager"),
}


BROWSER = "cli/sam_local/console.py"
"""It plays a person's browser in the local world: it keeps cookies, follows redirects, and holds no token."""


def test_functions_and_command_line_make_sessions_in_one_place(repository: Path) -> None:
    found = {
        str(path.relative_to(repository)): calls
        for folder in ("layers/common/python/tillbridge", "functions", "cli")
        for path in sorted((repository / folder).rglob("*.py"))
        if path not in (repository / MAKER, repository / BROWSER)
        and (calls := _opens_connections(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_what_opens_a_connection_is_found() -> None:
    code = "with requests.Session() as s:\n    s.get('x')\nrequests.get('y')\nx.urlopen('z')\nfrom requests import Session"
    found = _opens_connections(ast.parse(code))
    assert sorted(found) == [*["requests.Session"] * 2, "requests.get", "x.urlopen"]
