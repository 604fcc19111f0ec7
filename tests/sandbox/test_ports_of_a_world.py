"""A port that is taken is named before anything is built, with what has it and which ports are free."""

import errno
import os
import socket
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from cli.deployment import ports
from cli.deployment.ports import USES, free_ports, need_ports

HOST = "127.0.0.1"
TAKEN = 5_003


@pytest.fixture
def one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def listen(_host: str, port: int) -> Any:
        if port == TAKEN:
            raise OSError(errno.EADDRINUSE, "Address already in use")
        return socket.socket()

    monkeypatch.setattr(ports, "listen", listen)


@pytest.mark.usefixtures("one_is_taken")
@pytest.mark.parametrize("place", range(len(USES)))
def test_each_of_the_ports_is_tried_and_named_with_its_use(place: int) -> None:
    with pytest.raises(CannotRun) as told:
        need_ports(HOST, TAKEN - place)
    assert f"Port {TAKEN} of {HOST}, for {USES[place]}, cannot be had" in str(told.value)
    assert "`tillbridge up --port-base 4710`" in str(told.value)


@pytest.mark.usefixtures("one_is_taken")
def test_the_first_ports_that_are_all_free_are_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    need_ports(HOST, TAKEN + 1)
    monkeypatch.setattr(ports, "FIRST", TAKEN - 14)
    monkeypatch.setattr(ports, "_LAST", TAKEN + 7)
    assert free_ports(HOST) == TAKEN + 6
    monkeypatch.setattr(ports, "_LAST", TAKEN + 6)
    assert free_ports(HOST) == 0


def test_it_is_said_what_has_the_port() -> None:
    with socket.create_server((HOST, 0)) as server, pytest.raises(CannotRun) as told:
        need_ports(HOST, server.getsockname()[1])
    assert f"the process {os.getpid()} (" in str(told.value)


def test_a_host_that_is_not_this_machine_is_said() -> None:
    with pytest.raises(CannotRun, match="Choose another --host"):
        need_ports("no such host", 4790)
