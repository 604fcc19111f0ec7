"""The options of a call that say on which deployment it works, wherever they stand in it."""

import os
from typing import Any

from cli.cannot_run import WrongArguments
from cli.deployment.where import STACK, Where

_KEY = "tillbridge.where"
"""Under which a call's context keeps them; that place is one for a command and all groups above it."""


def note(context: Any, option: str, value: str) -> str:
    """Keep an option that was given, and return its value; of one given twice, that nearest to the command counts."""
    if value:
        context.meta.setdefault(_KEY, {})[option] = value
    return value


def noted(context: Any) -> dict[str, str]:
    """Return these options by name, --stack too, as far as they were given."""
    own = context.params.get("stack")
    return {**context.meta.get(_KEY, {}), **({"stack": own} if own else {})}


def where_of(context: Any) -> Where:
    """Return what the options of a call say. Raise WrongArguments for what cannot be meant."""
    where = Where(**noted(context))
    of_a_stack = where.profile or where.region
    if where.world and (where.stack or of_a_stack):
        raise WrongArguments(
            "--world names a local world; --stack, --profile and --region a deployed stack. Give one or the other."
        )
    if of_a_stack and not (where.stack or os.environ.get(STACK)):
        raise WrongArguments(
            f"--profile and --region say where a stack is. Name it with --stack or {STACK}."
        )
    return where
