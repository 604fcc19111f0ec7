"""The names that a store can have."""

import re

STORE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


RESERVED = frozenset({"connect"})
"""Names that are no store's: what the console shows at `/stores/NAME` instead."""


def is_store_name(text: str) -> bool:
    """Return whether a store can have this name: letters, digits, - and _ only, 64 at most."""
    return STORE_NAME.fullmatch(text) is not None and text not in RESERVED
