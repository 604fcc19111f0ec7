"""The commands that run a local world need the extra `local`, which an installed command may be without."""

from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec

from cli.cannot_run import CannotRun

MODULES = ("ministack", "samcli", "samtranslator", "starlette", "uvicorn")
"""Of the extra; without one of them no world runs."""


def needing_local[**P, R](name: str, command: Callable[P, R]) -> Callable[P, R]:
    """Return a command that raises CannotRun, with what to type, where the extra is not installed."""

    @wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> R:
        if any(find_spec(each) is None for each in MODULES):
            raise CannotRun(
                f"`tillbridge {name}` needs the parts of a local world, which are not installed here. "
                "Type in the checkout: uv tool install --force '.[local]' (or pipx install --force '.[local]')."
            )
        return command(*args, **options)

    return run
