"""A server that answers with any bytes, at any pace, as no decent framework would."""

import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rude:
    """Its address, and every request it read."""

    url: str
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def a_rude_server(*answers: Sequence[bytes], pause: float = 0.0) -> Iterator[Rude]:
    """Yield a server that answers each connection with the next of `answers`, piece by piece,
    `pause` seconds apart; the last answer is repeated."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        rude = Rude(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(listener, rude, list(answers), pause))
        thread.start()
        try:
            yield rude
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def an_answer(status: str, body: bytes = b"", *headers: str) -> list[bytes]:
    """Return an answer in one piece."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return ["\r\n".join([*lines, "", ""]).encode() + body]


def _serve(
    listener: socket.socket, rude: Rude, answers: list[Sequence[bytes]], pause: float
) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return  # the listener was shut down
        with connection:
            rude.requests.append(_whole_request(connection))
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            try:
                for piece in answer:
                    connection.sendall(piece)
                    time.sleep(pause)  # being slow is its trade
            except OSError:
                continue  # the client hung up, as it should


def _whole_request(connection: socket.socket) -> bytes:
    """Return headers and body, which may come in pieces."""
    request = connection.recv(65_536)
    length = re.search(rb"Content-Length: (\d+)\r\n", request)
    while length and len(request.partition(b"\r\n\r\n")[2]) < int(length[1]):
        piece = connection.recv(65_536)
        if not piece:
            break
        request += piece
    return request
