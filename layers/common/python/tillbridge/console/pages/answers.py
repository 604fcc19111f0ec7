"""The answers that pages have in common."""

from tillbridge.console.render import address, page
from tillbridge.console.replies import is_own_path
from tillbridge.console.visit import Answer, Visit


def first(values: object, otherwise: str = "") -> str:
    """Return the first of the values of a form's or an address's name."""
    return str(values[0]) if isinstance(values, list | tuple) and values else otherwise


def asked(visit: Visit, name: str) -> str:
    """Return a value of the address; "" where it is not there."""
    return first(visit.query.get(name, ()))


def filled(visit: Visit, name: str) -> str:
    """Return a value of the form; "" where it is not there."""
    return first(visit.form.get(name, ()))


def see_other(location: str) -> Answer:
    """Return the answer that sends a person on."""
    return Answer(status=303, location=location)


def way_back(visit: Visit) -> str:
    """Return the page of this store from which somebody asks, as the form or the address names it ("back"); ""
    where it names none, or what is no page of this store."""
    text = filled(visit, "back") or asked(visit, "back")
    here = address(visit.store)
    is_ours = is_own_path(text) and text.startswith((f"{here}/", f"{here}?"))
    return text if is_ours or text == here else ""


def refused(visit: Visit, words: str, side: str = "pos") -> Answer:
    """Return the page that says why something cannot be asked for."""
    back = way_back(visit)
    return Answer(
        page(
            "trouble.html",
            visit,
            title="That cannot be asked for",
            words=words,
            back=back or address(visit.store, side),
            back_words="Back" if back else "Back to the list",
        ),
        status=409,
    )


def missing(visit: Visit, what: str, words: str, *, back: str, back_words: str) -> Answer:
    """Return the page for what this store does not have."""
    return Answer(
        page("trouble.html", visit, title=what, words=words, back=back, back_words=back_words),
        status=404,
    )
