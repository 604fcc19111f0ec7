"""The addresses that the servers of the local world listen on, and are reached at."""

import socket

_EVERY = ("0.0.0.0", "")  # noqa: S104 - only compared; the caller chooses what to listen on


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes any free port. Raises OSError."""
    # asyncio disables Nagle's algorithm (40 ms a call) only for sockets that name TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def reached_at(host: str, port: int) -> str:
    """Return the address at which this machine reaches a server that listens on host and port."""
    return f"http://{'127.0.0.1' if host in _EVERY else host}:{port}"
