"""Connecting a store: what is needed, what each scope says, and where nothing was saved why not."""

from tillbridge.console.pages import answers
from tillbridge.console.pages.answers import filled, see_other
from tillbridge.console.render import address, page
from tillbridge.console.store_words import pos_words
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import NeedsAttention, RetryLater
from tillbridge.domain.scopes import SCOPES, WHERE
from tillbridge.usecases.console import connect as connecting
from tillbridge.usecases.console.connect import ConnectAsked, ConnectedNow, Place, Refusal
from tillbridge.usecases.console.deps import ConsoleDeps

NEW_POS = "new"
"""What the form chooses for a POS that nobody knows yet."""

_BUSY = " Nothing was saved; try again in a moment."


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the form, with the name of a store that is to come back."""
    return _form(visit, deps, name=answers.asked(visit, "name"))


def connect(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Connect the store, and go on with its first day; or show the form again with what is wrong."""
    asked = _asked(visit)
    try:
        done = connecting.connect(deps, visit.person, asked)
    except RetryLater as busy:
        done = Refusal({"": f"{busy}{_BUSY}"}, busy=True)
    except NeedsAttention as why:
        done = Refusal({"": f"{why} Nothing was saved."})
    if isinstance(done, ConnectedNow):
        said = "connected" if done.anew else "connected_before"
        return see_other(address(done.store, "first-day", said=said))
    return _form(visit, deps, asked, done)


def _asked(visit: Visit) -> ConnectAsked:
    pos = filled(visit, Place.POS)
    given = {place.value: filled(visit, place).strip() for place in Place if place is not Place.POS}
    chosen = pos if pos != NEW_POS else ""
    return ConnectAsked(
        name=given["name"],
        store_hash=given["hash"],
        token=given["access_token"],
        pos=chosen,
        pos_address="" if chosen else given["pos_address"],
        pos_token="" if chosen else given["pos_token"],
        pos_sender="" if chosen else given["pos_sender"],
    )


def _form(
    visit: Visit,
    deps: ConsoleDeps,
    asked: ConnectAsked | None = None,
    refusal: Refusal | None = None,
    *,
    name: str = "",
) -> Answer:
    accounts = [(a.key, pos_words(a)) for a in deps.connections.pos_accounts() if a.address]
    kept = asked or ConnectAsked(name, "", "", pos=accounts[0][0] if accounts else "")
    wrong = {str(place): words for place, words in refusal.words.items()} if refusal else {}
    scopes = refusal.scopes if refusal else ()
    if any(not each.ok for each in scopes):  # the list says what is missing, and what to click
        wrong = {
            connecting.place_of(
                scopes
            ).value: "Not everything that is needed is there: see what the token may."
        }
    return Answer(
        page(
            "connect.html",
            visit,
            tab="stores",
            # No token comes back: whoever was refused pastes it again.
            given={
                "name": kept.name,
                "hash": kept.store_hash,
                "pos_address": kept.pos_address,
                "pos_sender": kept.pos_sender,
            },
            chosen=kept.pos or NEW_POS,
            new_pos=NEW_POS,
            accounts=accounts,
            wrong={**dict.fromkeys(map(str, Place), ""), "": "", **wrong},
            mistakes=len(wrong),
            scopes=scopes,
            needed=SCOPES,
            where=WHERE,
        ),
        status=503 if refusal and refusal.busy else 422 if refusal else 200,
    )
