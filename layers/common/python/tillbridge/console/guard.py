"""Who is there, whether the call is their own, and what they may."""

from tillbridge.console import cookies
from tillbridge.console.call import BadCallError, Call
from tillbridge.console.session import Session, is_form_token, session_of
from tillbridge.console.visit import FORM_TOKEN, Values
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import EVERY_STORE, Person, Right
from tillbridge.usecases.console.entry import EntryDeps

SAFE = frozenset({"GET", "HEAD"})


def session_in(call: Call, entry: EntryDeps) -> Session | None:
    """Return the session of a call; None of somebody who has to sign in. May raise RetryLater."""
    texts = call.cookie_values(cookies.cookie_name(entry, cookies.SESSION))
    if not any(texts):
        return None
    keys, now = entry.keys.keys(), entry.clock.now_ms()
    found = (session_of(text, keys, entry.issuer_name, now) for text in texts)
    return next((each for each in found if each), None)


def refuse_foreign(call: Call, entry: EntryDeps) -> None:
    """Raise BadCallError for an unsafe call that a page of another origin makes. A neighbour on another port
    is the same *site*, so the cookie's SameSite lets it through; `Host` is whatever a caller says."""
    site, origin = call.headers.get("sec-fetch-site"), call.headers.get("origin")
    own = site == "same-origin" if site is not None else origin == entry.url
    if not own or (origin is not None and origin != entry.url):
        raise BadCallError(
            403,
            "Not from this page",
            "Another page sent this. Nothing was done. Open Tillbridge, and do it there.",
        )


def refuse_without_token(form: Values, session: Session, entry: EntryDeps) -> None:
    """Raise BadCallError for a form that no page of this session holds. May raise RetryLater."""
    tokens = form.get(FORM_TOKEN, [])
    if len(tokens) != 1 or not is_form_token(tokens[0], session, entry.keys.keys()):
        raise BadCallError(
            403,
            "The page is too old",
            "Nothing was done. Open the page again, and send the form from there.",
        )


def refuse_without_right(person: Person, right: Right | None, store: StoreId) -> None:
    """Raise BadCallError for what a person may not do: 404 for a store that they may not see, as for one
    that does not exist; 403 for what they see and may not do."""
    if store and not person.may(Right.SEE, store):
        raise BadCallError(404, "Not found", NOT_FOUND)
    where = store or StoreId(EVERY_STORE)  # what is no store's needs the right in each
    if right is not None and not person.may(right, where):
        raise BadCallError(
            403,
            "Not yours to do",
            "Your role in this store lets you look, but not do this. Ask an owner."
            if store
            else "Only an owner of every store may do this. Ask one.",
        )


NOT_FOUND = "There is no such page, or it is not yours to see."
