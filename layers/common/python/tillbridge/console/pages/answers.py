"""The answers that pages have in common."""

from tillbridge.console.render import address, page
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


def refused(visit: Visit, words: str, side: str = "pos") -> Answer:
    """Return the page that says why something cannot be asked for."""
    return Answer(
        page(
            "trouble.html",
            visit,
            title="That cannot be asked for",
            words=words,
            back=address(visit.store, side),
            back_words="Back to the list",
        ),
        status=409,
    )


def missing(visit: Visit, what: str, words: str, *, back: str, back_words: str) -> Answer:
    """Return the page for what this store does not have."""
    return Answer(
        page("trouble.html", visit, title=what, words=words, back=back, back_words=back_words),
        status=404,
    )
