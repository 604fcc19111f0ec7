"""Where the servers of the local world listen, and where they are reached."""

from __future__ import annotations

import socket

import pytest

from sandbox.addresses import listen, reached_at


@pytest.mark.parametrize(
    ("host", "shown"),
    [("0.0.0.0", "127.0.0.1"), ("", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("box", "box")],  # noqa: S104 - only compared
)
def test_a_server_that_listens_everywhere_is_reached_at_this_machine(host: str, shown: str) -> None:
    assert reached_at(host, 8080) == f"http://{shown}:8080"


@pytest.mark.enable_socket
def test_a_port_in_use_is_refused_and_no_socket_is_left_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed: list[bool] = []

    class Watched(socket.socket):
        def close(self) -> None:
            closed.append(True)
            super().close()

    with listen("127.0.0.1", 0) as first:
        monkeypatch.setattr("socket.socket", Watched)
        with pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", first.getsockname()[1])
    assert closed
