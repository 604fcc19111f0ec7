"""`tillbridge dead-letters`: read, send again and discard messages that nobody could work on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption

if TYPE_CHECKING:
    from tillbridge.domain.dead_letters import DeadLetter
    from tillbridge.usecases.console.dead_letters import LetterDeps

_HELP = "Only those of this store; without it all, also those that name no store."


def command(
    show: Annotated[
        list[str] | None, typer.Option("--show", metavar="ID", help="Print this one whole.")
    ] = None,
    retry: Annotated[
        list[str] | None,
        typer.Option("--retry", metavar="ID", help="Send this one to the queue it came from."),
    ] = None,
    discard: Annotated[
        list[str] | None, typer.Option("--discard", metavar="ID", help="Delete this one for good.")
    ] = None,
    as_json: JsonOption = False,
    store: Annotated[str, typer.Option("--store", help=_HELP)] = "",
    stack: StackOption = "",
) -> None:
    """Read what nobody could work on; send it again or discard it.

    --show, --retry and --discard may be repeated, one kind of them at a time. Exit status 1 when one was not there,
    or somebody else reads it."""
    if sum(map(bool, (show, retry, discard))) > 1:
        raise WrongArguments("Show, retry or discard: one at a time.")
    ids = show or retry or discard or []
    from cli.deployment.connections import the_store
    from cli.deployment.dead_letters import letters_of, whose
    from cli.deployment.target import need_target
    from cli.screen.console import errors, print_json
    from cli.screen.dead_letter_report import decided_json, listed_json, say_decided, show_letters
    from tillbridge.usecases.console import dead_letters

    target = need_target(stack)
    deps, mine = letters_of(target), whose(the_store(target, store) if store else "")
    if not ids:
        with errors.status("reading dead letters"):
            looked = dead_letters.look(deps, mine)
            dead_letters.show_again(deps, [each.letter for each in looked.letters])
        if as_json:
            print_json(listed_json(looked))
        else:
            show_letters(looked)
        return
    with errors.status("looking for them"):
        held = dead_letters.hold(deps, ids, mine)
        done = _done(deps, held, retry=bool(retry), discard=bool(discard))
    missed = [each for each in dict.fromkeys(ids) if each not in done]
    if as_json:
        print_json(decided_json(held, done, missed))
    else:
        say_decided(held, done, missed, "retry" if retry else "discard" if discard else "show")
    if missed:
        raise typer.Exit(1)


def _done(
    deps: "LetterDeps", held: "Sequence[DeadLetter]", *, retry: bool, discard: bool
) -> set[str]:
    """Do what was asked for, and return the ids of which it is done."""
    from cli.asking.bus import person
    from tillbridge.usecases.console import dead_letters

    if retry:
        return set(dead_letters.send_again(deps, held, person()).done)
    if discard:
        return set(dead_letters.discard(deps, held, person()).done)
    dead_letters.show_again(deps, held)
    return {each.id for each in held}
