"""The choices of a view: which side, and which status."""

from enum import StrEnum


class Side(StrEnum):
    """The side whose products a view lists."""

    POS = "pos"
    WEB = "web"

    @property
    def label(self) -> str:
        """The side's name, as titles show it."""
        return "POS" if self is Side.POS else "Web"


class Status(StrEnum):
    """A product's status, as both views show it."""

    NOT_LINKED = "not-linked"
    LINKED = "linked"
    PENDING = "pending"
    FAILED = "failed"
    BROKEN = "broken"
    LEFT_OUT = "left-out"
