"""Waiting for what was asked for, which goes on in the functions when nobody waits."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from cli.asking.links import NOTHING_MORE, ask_links
from cli.asking.quiet import until_quiet
from cli.deployment.connections import need_active
from cli.deployment.target import Target
from cli.screen.bars import progress_bars
from cli.screen.console import counted, errors
from cli.screen.link_report import say_answers
from tillbridge.domain.ids import StoreId


@contextmanager
def may_stop_waiting(see: str) -> Iterator[None]:
    """Say at Ctrl-C that the work goes on, and that the command `see` shows how it ends."""
    try:
        yield
    except KeyboardInterrupt:
        errors.print(f"Stopped waiting. What was asked for goes on; `tillbridge {see}` shows it.")
        raise


def change_links(
    target: Target,
    store: StoreId,
    detail_type: str,
    products: Sequence[dict[str, Any]],
    done: str,
    said: Mapping[str, Any] = NOTHING_MORE,
) -> bool:
    """Request it, print the answers, and wait for the pushes. Return whether none was refused.

    `done` is the request in the past tense: "linked"; `said`: what it says besides. Raise CannotRun when the store
    is paused."""
    need_active(target, store)
    with may_stop_waiting("list"):
        with progress_bars() as bars:
            words = f"{counted(len(products), 'product')} to be {done}"
            task = bars.add_task(words, total=len(products))
            answers = ask_links(
                target, store, detail_type, products, lambda n: bars.update(task, completed=n), said
            )
        fine = say_answers(answers, done)
        with errors.status("pushing the changes"):
            until_quiet(target, store)
    return fine
