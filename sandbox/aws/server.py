"""Start and stop the local AWS: ministack, in a process of its own.

A process and not a thread, because its state and its settings are module-global (one per
process), because Lambda workers inherit its environment, which must hold nothing of the
caller's, and because a busy sandbox store must not keep the interpreter lock from the queues.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import boto3

from sandbox.addresses import reached_at
from sandbox.aws.session import ACCESS_KEY, local_session
from sandbox.aws.workers import kill_workers

REGION: Final = "eu-west-1"
ACCOUNT = "000000000000"
_START_SECONDS = 20.0
_STOP_SECONDS = 8.0


class LocalAwsFailedError(RuntimeError):
    """The local AWS did not start; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class LocalAws:
    """A running local AWS. Stop it, or use it as a context manager."""

    endpoint_url: str
    region: str
    log_path: Path
    _process: subprocess.Popen[bytes] = field(repr=False)
    _folder: Path = field(repr=False)

    def session(self) -> boto3.Session:
        """Return a boto3 session of its region, with made-up credentials.

        Pass `endpoint_url` to its clients.
        """
        return local_session(self.region)

    def reset(self) -> None:
        """Forget every resource, as if just started."""
        request = urllib.request.Request(f"{self.endpoint_url}/_ministack/reset", method="POST")  # noqa: S310 - loopback
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - loopback

    def kill(self, function: str) -> int:
        """Kill the processes in which a function runs; return how many there were."""
        return kill_workers(self._process.pid, function)

    def stop(self) -> None:
        """End the process, its Lambda workers and its files; a second call does nothing."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()  # child.py ends itself when this pipe closes
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(_STOP_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start_aws(host: str = "127.0.0.1", port: int = 0) -> LocalAws:
    """Start the local AWS and wait until it is ready; port 0 takes any free port.

    Raises LocalAwsFailedError.
    """
    port = _free_port(host, port)
    folder = Path(tempfile.mkdtemp(prefix="tillbridge-aws-"))
    log_path = folder / "ministack.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.aws.child"],
            cwd=Path(__file__).parents[2],
            env=_environment(host, port, folder),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us, and we stop it in order
        )
    aws = LocalAws(reached_at(host, port), REGION, log_path, process, folder)
    try:
        _wait_until_ready(aws, process)
    except BaseException:
        aws.stop()
        raise
    return aws


def _environment(host: str, port: int, folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return kept | {
        "BIND_HOST": host,  # ministack's own default is every interface
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",  # otherwise it opens a second port
        "LAMBDA_EXECUTOR": "local",
        "AUTH": "true",  # a function may do only what its role in the template allows
        "LOG_LEVEL": "WARNING",
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": ACCESS_KEY,
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "HOME": str(folder),  # keeps functions away from the user's ~/.aws
        "TMPDIR": str(folder),  # ministack leaves its function folders behind
    }


def _free_port(host: str, port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            # Started all the same, we would take the other server's health check for ours.
            msg = f"The local AWS cannot use port {port} of {host}: {error.strerror}."
            raise LocalAwsFailedError(msg) from error
        return int(probe.getsockname()[1])


def _wait_until_ready(aws: LocalAws, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{aws.endpoint_url}/_ministack/health", timeout=1).close()  # noqa: S310 - loopback
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)  # until it answers; it has no other sign
        else:
            return
    tail = aws.log_path.read_text(errors="replace")[-2000:]
    msg = f"The local AWS did not start at {aws.endpoint_url}. The end of its log:\n{tail}"
    raise LocalAwsFailedError(msg)
