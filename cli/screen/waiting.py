"""Waiting for what was asked for, which goes on in the functions when nobody waits."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any

import typer

from cli.asking.links import NOTHING_MORE, ask_links
from cli.asking.pushes import ask_push, push_and_wait
from cli.asking.quiet import until_quiet
from cli.deployment.connections import is_paused, need_active
from cli.deployment.failed import push_outcome
from cli.deployment.target import Target
from cli.screen.bars import progress_bars
from cli.screen.console import console, counted, errors
from cli.screen.link_report import answer_json, say_answers
from cli.screen.push_report import say_push
from cli.shapes.links import Answer
from cli.shapes.products import PushOutcome
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId

NOTHING: PushOutcome = {"linked": [], "failed": [], "waiting": [], "calls": 0}
"""What became of no product."""

LINKED_AT_ONCE = 2_000
"""Links that are asked for before the next: a shop's sales come in between, and Ctrl-C leaves little."""


@contextmanager
def may_stop_waiting(see: str) -> Iterator[None]:
    """Say at Ctrl-C that the work goes on, and that the command `see` shows how it ends; then end with 130."""
    try:
        yield
    except KeyboardInterrupt:
        words = f"Stopped waiting. What was asked for goes on; `tillbridge {see}` shows it."
        errors.print(words, soft_wrap=True)
        raise typer.Exit(130) from None


def push_now(target: Target, store: StoreId, products: Sequence[str]) -> PushOutcome:
    """Push products, print what became of them, and return it. Those of a paused store wait."""
    if is_paused(target, store):
        ask_push(target, store, products)
        console.print(f"'{store}' is paused; the push waits. `tillbridge store resume` sends it.")
        return {"linked": [], "failed": [], "waiting": [*products], "calls": 0}
    with may_stop_waiting("list"), progress_bars() as bars:
        task = bars.add_task(f"pushing {counted(len(products), 'product')}", total=len(products))
        calls = push_and_wait(
            target, store, products, lambda done: bars.update(task, completed=done)
        )
    done = push_outcome(target, store, products, calls)
    say_push(done)
    return done


def change_links(
    target: Target,
    store: StoreId,
    detail_type: str,
    products: Sequence[dict[str, Any]],
    done: str,
    said: Mapping[str, Any] = NOTHING_MORE,
) -> list[Answer]:
    """Request it, print the answers, wait for the pushes, and return the answers.

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
        say_answers(answers, done)
        with errors.status("pushing the changes"):
            until_quiet(target, store)
    return [answer_json(each) for each in answers]


def link_in_parts(
    target: Target, store: StoreId, pairs: Sequence[tuple[PosProductId, StoreProductId]]
) -> list[Answer]:
    """Link many products, LINKED_AT_ONCE after each other, and return the answers. Raise CannotRun when the store is
    paused."""
    answers: list[Answer] = []
    for some in batched(pairs, LINKED_AT_ONCE, strict=False):
        asked = [{"product_id": product, "bigcommerce_id": number} for product, number in some]
        answers += change_links(target, store, "link.requested", asked, "linked")
    return answers
