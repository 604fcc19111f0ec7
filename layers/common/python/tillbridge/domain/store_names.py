"""The names that a store can have."""

import re

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

RESERVED = frozenset({"connect"})
"""Names that no new store gets: what the console shows at `/stores/NAME` instead of a store's overview."""


LONGEST_TITLE = 60
"""Characters of a title: it stands at the top of every page."""


def as_title(text: str, store: str) -> str:
    """Return a text as the title of a store: "" where it is blank, or the store's name."""
    title = " ".join(text.split())
    return "" if title == store else title


def title_refusal(text: str) -> str:
    """Return why a text cannot be a title, '' when it can. What controls a terminal, turns the direction of writing
    or is invisible cannot."""
    title = " ".join(text.split())
    if len(title) > LONGEST_TITLE:
        return f"A title has {LONGEST_TITLE} characters at most; this one has {len(title):,}."
    if not title.isprintable() or (title and not any(map(str.isalnum, title))):
        return "A title is one line of letters, digits and signs that can be seen."
    return ""


def is_well_formed(text: str) -> bool:
    """Return whether a store that is connected may have this name: letters, digits, - and _ only, 64 at most."""
    return _NAME.fullmatch(text) is not None


def name_refusal(text: str) -> str:
    """Return why a new store cannot have this name, '' when it can."""
    if text in RESERVED:
        return f"“{text}” is a page of the console. Choose another name."
    if not is_well_formed(text):
        return "Use letters, digits, - and _ only, 64 at most, and begin with a letter or digit."
    return ""
