"""The names that a store can have."""

import re

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

RESERVED = frozenset({"connect"})
"""Names that no new store gets: what the console shows at `/stores/NAME` instead of a store's overview."""


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
