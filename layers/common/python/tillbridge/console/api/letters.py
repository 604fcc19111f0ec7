"""Dead letters: read, sent again, discarded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tillbridge.console import receipts
from tillbridge.console.api import shown
from tillbridge.console.api.call import Call, connected, the_call
from tillbridge.console.api.lists import StoreInPath
from tillbridge.console.api.models import letters as letter_models
from tillbridge.console.api.problem import Refused
from tillbridge.domain.dead_letters import DeadLetter
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person
from tillbridge.usecases.console import dead_letters
from tillbridge.usecases.console.deps import ConsoleDeps


@dataclass(frozen=True, slots=True)
class _Reader:
    person: Person
    store: StoreId
    now_ms: int
    keys: Sequence[bytes]


def look(store: StoreInPath) -> letter_models.DeadLetters:
    """Read the oldest dead letters of a store. They are hidden from others for two minutes."""
    call, name = the_call(), connected(store)
    looked = dead_letters.look(call.deps, lambda of: of == name)
    reader = _reader(call, name)
    data = [
        letter_models.DeadLetter(
            id=each.letter.id,
            queue=each.letter.box,
            kind=each.kind,
            why=each.why,
            instead=each.instead,
            since=shown.when(each.letter.sent_ms),
            received=each.letter.received,
            body=each.text,
            more=each.more,
            receipt=receipts.sealed(reader, each.letter, looked.until_ms),
        )
        for each in looked.letters
    ]
    return letter_models.DeadLetters(
        data=data,
        until=shown.when(looked.until_ms),
        more=looked.more,
        silent=list(looked.silent),
    )


def let_go(store: StoreInPath, body: letter_models.Receipts) -> letter_models.Decided:
    """Show dead letters again that you have read and do not decide about."""
    call = the_call()
    held = receipts.opened(_reader(call, connected(store)), body.receipts)
    dead_letters.show_again(call.deps, list(held.values()))
    return letter_models.Decided(done=[each.id for each in held.values()], missed=[])


def again(store: StoreInPath, body: letter_models.Receipts) -> letter_models.Decided:
    """Send dead letters to the queues that they came from. What fails once more becomes one again."""
    return _decided(store, body, dead_letters.send_again)


def discard(store: StoreInPath, body: letter_models.Receipts) -> letter_models.Decided:
    """Delete dead letters for good."""
    return _decided(store, body, dead_letters.discard)


def _decided(
    store: str,
    body: letter_models.Receipts,
    decide: Callable[[ConsoleDeps, Sequence[DeadLetter], str], dead_letters.Decided],
) -> letter_models.Decided:
    call = the_call()
    held = receipts.opened(_reader(call, connected(store)), body.receipts)
    if len(held) < len(body.receipts):
        words = "A receipt is good for two minutes, for whom it was handed to. Read the dead letters again."
        raise Refused(409, "too_late", words)
    by = f"{call.person.name} ({call.person.subject})"
    done = decide(call.deps, list(_once(held).values()), by)
    return letter_models.Decided(done=done.done, missed=done.missed)


def _once(held: Mapping[int, DeadLetter]) -> Mapping[str, DeadLetter]:
    return {each.id: each for each in held.values()}


def _reader(call: Call, store: StoreId) -> _Reader:
    return _Reader(call.person, store, call.deps.clock.now_ms(), call.keys())
