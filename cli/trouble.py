"""Words for errors that a person can do something about; any other error is a traceback."""

import errno
import socket
import traceback

import requests
from botocore.exceptions import BotoCoreError, ClientError

from cli.asking.imports import RequestStuck
from cli.asking.quiet import NeverQuiet
from cli.asking.runs import NoRun
from cli.deployment.stack import about_keys
from cli.screen.console import errors
from cli.verify.reading import ReadFailedError
from sandbox.aws.build import BuildFailedError
from sandbox.aws.failures import DeployFailedError
from sandbox.aws.server import LocalAwsFailedError
from sandbox.pos.publisher import PublishError
from tillbridge.domain.errors import NeedsAttention, RetryLater, SavedByNewer, UnreadableStore

WRITTEN_FOR_PEOPLE = (
    NeverQuiet,
    NoRun,
    RequestStuck,
    PublishError,
    ReadFailedError,
    BuildFailedError,
    DeployFailedError,
    LocalAwsFailedError,
    NeedsAttention,
    RetryLater,
    SavedByNewer,
    UnreadableStore,
)
"""Exceptions whose message is written for a person."""

NO_PORT = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE)


def say(trouble: BaseException) -> None:
    """Print the message for a person; when there is none, a bug, print its traceback."""
    words = words_of(trouble)
    if words is None:
        words = "".join(traceback.format_exception(trouble)).rstrip("\n")
    errors.print(*words.split("\n"), sep="\n", soft_wrap=True)


def words_of(trouble: BaseException) -> str | None:
    """Return the message for a person, or None for an error that only a developer can fix."""
    if isinstance(trouble, WRITTEN_FOR_PEOPLE):
        return str(trouble)
    if isinstance(trouble, requests.HTTPError) and trouble.response is not None:
        asked = trouble.response.url.partition("?")[0]
        return f"{asked} returned status {trouble.response.status_code}."
    if isinstance(trouble, requests.RequestException):
        asked = f" from {trouble.request.url}" if trouble.request is not None else ""
        return f"No answer{asked.partition('?')[0]}. Is the POS or the store still running?"
    if isinstance(trouble, ClientError):
        return about_keys(trouble) or f"AWS refused the request: {trouble}"
    if isinstance(trouble, BotoCoreError):
        return f"AWS cannot be reached: {trouble}. Is `tillbridge up` still running?"
    return _of_this_machine(trouble) if isinstance(trouble, OSError) else None


def _of_this_machine(trouble: OSError) -> str | None:
    """Return the message for what this machine does not have: room, a file, a port, an address."""
    if trouble.filename or trouble.errno in NO_ROOM:
        what = trouble.filename or "What is to be printed or saved"
        return f"{what} cannot be read or written: {trouble.strerror}."
    if isinstance(trouble, socket.gaierror):
        return f"A name leads to no address: {trouble.strerror}. Check --host, or the address."
    if trouble.errno in NO_PORT:
        return (
            f"A port is not available: {trouble.strerror}. Another `tillbridge up` may be running. "
            "Choose other ports with --port-base (or --port); 0 takes any free one."
        )
    return None
