"""Dead letters, printed for people and as JSON."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from cli.screen.console import console, counted, table
from cli.shapes import health as shapes
from cli.shapes.moment import moment
from tillbridge.domain.dead_letters import (
    KEPT_DAYS,
    SHOWN,
    Box,
    DeadLetter,
    instead,
    kind_of,
    store_of,
    why_there,
)
from tillbridge.usecases.console.dead_letters import Looked


def show_letters(looked: Looked) -> None:
    """Print dead letters, and which queues did not answer."""
    say_silent(looked.silent)
    if not looked.letters:
        if not looked.silent:
            console.print("No dead letter. One that somebody reads now is not listed.")
        return
    columns = ("dead letter", "since (UTC)", "store", "what", "why it is there")
    rows = [
        (
            each.letter.id,
            _time(each.letter.sent_ms),
            each.store or "",
            each.kind or SHOWN[each.letter.box],
            each.why,
        )
        for each in looked.letters
    ]
    console.print(table("Dead letters, oldest first", columns, rows, whole=columns[:1]))
    if looked.more:
        console.print("There are more, or may be. They are listed when these are decided about.")
    console.print(
        "--show, --retry or --discard with its id reads one whole, sends it again, or discards it. They are kept "
        f"for {KEPT_DAYS} days."
    )


def show_letter(letter: DeadLetter) -> None:
    """Print one dead letter, whole and as it came."""
    console.print(
        f"{SHOWN[letter.box]}, {letter.id}, since {_time(letter.sent_ms)} (UTC), received "
        f"{counted(letter.received, 'time')}, of {store_of(letter) or 'no store that can be told'}."
    )
    console.print(why_there(letter))
    if words := instead(letter):
        console.print(words)
    console.print()
    console.print(*letter.body.split("\n"), sep="\n")


def say_decided(
    held: Sequence[DeadLetter], done: Collection[str], missed: Sequence[str], what: str
) -> None:
    """Print what became of dead letters that were to be shown, sent again (`retry`) or discarded."""
    named = ", ".join(each.id for each in held if each.id in done)
    if what == "show":
        for letter in held:
            show_letter(letter)
    elif named and what == "retry":
        console.print(f"Sent again: {named}. What fails once more comes back.")
    elif named:
        console.print(f"Discarded: {named}.")
    there = {each.id for each in held}
    for each in missed:
        console.print(
            f"Dead letter {each} cannot be sent again; --show says what to do instead."
            if each in there and what == "retry"
            else f"There is no dead letter {each}, or somebody reads it: try again in two minutes."
        )


def decided_json(
    held: Sequence[DeadLetter], done: Collection[str], missed: Sequence[str]
) -> shapes.Decided:
    """Return what `say_decided` prints as JSON."""
    told = [letter_json(each) for each in held if each.id in done]
    return {"dead_letters": told, "missed": list(missed)}


def say_silent(silent: Sequence[Box]) -> None:
    """Print which queues did not answer."""
    for box in silent:
        console.print(f"The queue “{SHOWN[box]}” does not answer; what lies there is not listed.")


def letter_json(letter: DeadLetter) -> shapes.DeadLetter:
    """Return a dead letter as JSON, whole."""
    return {
        "id": letter.id,
        "queue": letter.box.value,
        "store": store_of(letter),
        "kind": kind_of(letter),
        "why": why_there(letter),
        "instead": instead(letter),
        "since": moment(letter.sent_ms),
        "received": letter.received,
        "body": letter.body,
    }


def listed_json(looked: Looked) -> shapes.DeadLetters:
    """Return dead letters as JSON, bodies cut."""
    listed: list[shapes.DeadLetter] = [
        {
            **letter_json(each.letter),
            "store": each.store,
            "kind": each.kind,
            "why": each.why,
            "instead": each.instead,
            "body": each.text,
            "more": each.more,
        }
        for each in looked.letters
    ]
    return {
        "dead_letters": listed,
        "more": looked.more,
        "silent": [box.value for box in looked.silent],
    }


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M")
