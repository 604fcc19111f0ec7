"""Dead letters: read, sent again, discarded."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tillbridge.console import receipts
from tillbridge.console.pages.answers import asked, filled, missing, see_other
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.dead_letters import KEPT_DAYS, SHOWN, DeadLetter
from tillbridge.domain.people import EVERY_STORE, Right, Role
from tillbridge.usecases.console import dead_letters
from tillbridge.usecases.console.dead_letters import Decided, Looked, Whose
from tillbridge.usecases.console.deps import ConsoleDeps

SAID: Mapping[str, str] = {
    "sent": "Sent again. What fails once more comes back here.",
    "discarded": "Discarded.",
    "some_missed": (
        "Not all: somebody else read some of them, or decided about them, or they cannot be sent again. They are "
        "shown again when nobody reads them any more."
    ),
    "missed": (
        "Nothing was done: somebody else reads it, or decided about it. It is shown again when nobody reads it "
        "any more."
    ),
    "too_late": (
        "Nothing was done: more than two minutes went by since these were read, so somebody else may have "
        "decided. Here they are again."
    ),
    "none_ticked": "Nothing is ticked. Tick the dead letters first, then choose what to do with them.",
}
"""Messages after a decision, by what the address says."""

type Decide = Callable[[ConsoleDeps, Sequence[DeadLetter], str], Decided]


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the dead letters of a store."""
    return _shown(visit, deps, dead_letters.look(deps, _whose(visit, deps)))


def look_again(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show again what this page has read, to the same person with what came since, or to others alone."""
    dead_letters.show_again(deps, list(receipts.opened(visit, _sealed(visit)).values()))
    if filled(visit, "leave"):
        return see_other(address(visit.store, "problems") if visit.store else "/stores")
    return see_other(_here(visit))


def again(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Send dead letters to the queues that they came from."""
    return _decided(visit, deps, dead_letters.send_again, "sent")


def discard(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Delete dead letters for good."""
    return _decided(visit, deps, dead_letters.discard, "discarded")


def _of_no_store(handler: Callable[[Visit, ConsoleDeps], Answer]) -> Callable[..., Answer]:
    """Return the handler for dead letters that are of no connected store: for owners of every store alone."""

    def answer(visit: Visit, deps: ConsoleDeps) -> Answer:
        if visit.person.roles.get(EVERY_STORE) is not Role.OWNER:
            words = "Dead letters of no store are for owners of every store."
            return missing(visit, "Not found", words, back="/stores", back_words="All stores")
        return handler(visit, deps)

    return answer


show_of_no_store = _of_no_store(show)
look_again_of_no_store = _of_no_store(look_again)
again_of_no_store = _of_no_store(again)
discard_of_no_store = _of_no_store(discard)


def _whose(visit: Visit, deps: ConsoleDeps) -> Whose:
    if visit.store:
        return lambda store: store == visit.store
    connected = frozenset(deps.stores.all())
    return lambda store: store not in connected


def _here(visit: Visit, **query: object) -> str:
    if visit.store:
        return address(visit.store, "letters", **query)
    said = query.get("said", "")
    return f"/letters?said={said}" if said else "/letters"


def _sealed(visit: Visit) -> Sequence[str]:
    return visit.form.get("shown", ())


def _shown(visit: Visit, deps: ConsoleDeps, looked: Looked) -> Answer:
    said = SAID.get(asked(visit, "said"))
    sealed = [receipts.sealed(visit, each.letter, looked.until_ms) for each in looked.letters]
    return Answer(
        page(
            "letters.html",
            visit,
            tab="problems",
            connection=deps.stores.as_told(visit.store) if visit.store else None,
            here=_here(visit),
            looked=looked,
            shown=list(zip(looked.letters, sealed, strict=True)),
            queues=SHOWN,
            kept_days=KEPT_DAYS,
            may_decide=not visit.store or visit.person.may(Right.DECIDE, visit.store),
            beyond=bool(visit.store) and visit.person.roles.get(EVERY_STORE) is Role.OWNER,
            said=said,
        )
    )


def _decided(visit: Visit, deps: ConsoleDeps, decide: Decide, said: str) -> Answer:
    """Decide about those that were chosen, and show the others of the page to everybody again."""
    held = receipts.opened(visit, _sealed(visit))
    chosen = _chosen(visit)
    if not chosen:
        dead_letters.show_again(deps, list(held.values()))
        return see_other(_here(visit, said="none_ticked"))
    if not chosen <= held.keys():
        dead_letters.show_again(deps, list(held.values()))
        return see_other(_here(visit, said="too_late"))
    dead_letters.show_again(deps, [each for place, each in held.items() if place not in chosen])
    person = visit.person
    by = f"{person.name} ({person.subject})"
    done = decide(deps, [held[place] for place in sorted(chosen)], by)
    if done.missed:
        said = "some_missed" if done.done else "missed"
    return see_other(_here(visit, said=said))


def _chosen(visit: Visit) -> set[int]:
    """Return the places of what was chosen; a dead letter's own button goes before what is ticked."""
    one = filled(visit, "one")
    texts: Sequence[Any] = [one] if one else visit.form.get("tick", ())
    return {int(each) for each in texts if each.isascii() and each.isdecimal() and len(each) < 4}
