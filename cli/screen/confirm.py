"""Asking before what cannot be taken back easily."""

import typer

from cli.cannot_run import WrongArguments
from cli.shown import shown


def confirm(question: str, *, yes: bool, as_json: bool) -> None:
    """Ask, unless `yes` was said before. Raise WrongArguments for a program, which is asked nothing, and Abort
    when the answer is no."""
    if yes:
        return
    if as_json:
        raise WrongArguments(f"With --json nothing is asked. Add --yes to answer: {question}")
    typer.confirm(shown(question), abort=True)
