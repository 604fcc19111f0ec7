"""A sandbox behind a session of `requests`, in this very process."""

from abc import abstractmethod
from collections.abc import Mapping
from io import BytesIO

from requests.adapters import BaseAdapter
from requests.models import PreparedRequest, Response
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse


class WithoutSocket(BaseAdapter):
    """Carries each request of a session to a sandbox itself."""

    @abstractmethod
    def answer(self, request: PreparedRequest) -> Response:
        """Return the sandbox's answer, or raise what `requests` raises when there is none."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the interface of requests
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002 - the same
        verify: bool | str = True,  # noqa: ARG002 - the same
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002 - the same
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002 - the same
    ) -> Response:
        """Return the sandbox's answer; nobody waits here."""
        return self.answer(request)

    def close(self) -> None:
        """Close nothing: there is no connection."""


def body_of(request: PreparedRequest) -> bytes:
    """Return the body of a request, empty without one."""
    body = request.body or b""
    return body.encode() if isinstance(body, str) else body


def response_to(
    request: PreparedRequest,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    announced: int | None = None,
) -> Response:
    """Return a response to a request. `announced`: how long its body was to be, where that is told: a shorter one was
    cut off."""
    response = Response()
    response.status_code = status
    response.headers = CaseInsensitiveDict(headers)
    length = {} if announced is None else {"Content-Length": str(announced)}
    response.raw = HTTPResponse(
        body=BytesIO(body), headers={**headers, **length}, preload_content=False
    )
    response.url = str(request.url)
    response.request = request
    return response
