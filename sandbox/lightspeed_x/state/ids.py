"""The account's ids: UUIDs that are the same in every run."""

from uuid import UUID, uuid5

_SPACE = UUID("0624dbcd-af36-4a1e-9b6f-0d1c0f6f5a11")


def made_id(kind: str, *parts: str) -> str:
    """Return the UUID of what these parts name."""
    return str(uuid5(_SPACE, "\x1f".join((kind, *parts))))
