"""What the tests of the pages share: a shop that plays the use cases, and no sockets."""

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket

from tests.console.shop import Shop


@pytest.fixture(autouse=True)
def _no_sockets() -> Iterator[None]:
    disable_socket()
    yield
    enable_socket()


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Return the shop, asked by the pages in this test."""
    return Shop().play(monkeypatch)
