"""A plain client of a served account, over HTTP."""

from types import TracebackType
from typing import Any, Self

import requests

from sandbox.lightspeed_x.server.server import LightspeedServer


class WireClient:
    """Calls the vendor's API of a server, without repeats or rules of its own."""

    def __init__(self, server: LightspeedServer) -> None:
        self._base = f"{server.base_url}/api"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {server.api_token}"

    def call(self, method: str, path: str, body: Any, version: str) -> requests.Response:
        return self.session.request(method, f"{self._base}/{version}{path}", json=body, timeout=10)

    def get(self, path: str, version: str = "2026-07") -> Any:
        return self._read(self.call("GET", path, None, version))

    def post(self, path: str, body: Any, version: str = "2026-07") -> Any:
        return self._read(self.call("POST", path, body, version))

    def _read(self, answer: requests.Response) -> Any:
        assert answer.ok, answer.text
        return answer.json()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.session.close()
