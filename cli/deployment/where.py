"""Which deployment is meant: what the options say, else what the environment says."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from cli.cannot_run import CannotRun

STACK = "TILLBRIDGE_STACK"
WORLD = "TILLBRIDGE_WORLD"


@dataclass(frozen=True, slots=True)
class Where:
    """A deployed stack, with the AWS profile and region to find it by, or a local world; blank: not said. A stack
    and a world are never said at once."""

    stack: str = ""
    world: str = ""
    profile: str = ""
    region: str = ""


_SAID: ContextVar[Where] = ContextVar("where", default=Where())  # noqa: B039 - Where cannot change


@contextmanager
def said(where: Where) -> Iterator[None]:
    """Have commands work, until exit, on what these options say."""
    before = _SAID.set(where)
    try:
        yield
    finally:
        _SAID.reset(before)


def where(stack: str = "") -> Where:
    """Return what is meant: an option stands above the environment. `stack`: the option --stack, where it is known.

    Raise CannotRun when the environment names a stack and a world."""
    options = _SAID.get()
    options = replace(options, stack=stack or options.stack)
    region = options.region or os.environ.get(
        "AWS_REGION", ""
    )  # boto3 knows AWS_DEFAULT_REGION only
    if options.stack or options.world:
        return replace(options, region=region)
    by_stack, by_world = os.environ.get(STACK, ""), os.environ.get(WORLD, "")
    if by_stack and by_world:
        raise CannotRun(
            f"{STACK} is '{by_stack}' and {WORLD} is '{by_world}'. Say which is meant with --stack or --world, "
            "or unset one of them."
        )
    return replace(options, stack=by_stack, world=by_world, region=region)
