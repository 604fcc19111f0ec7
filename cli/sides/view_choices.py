"""What a person may ask a view for."""

from enum import StrEnum


class Side(StrEnum):
    """Whose products are listed."""

    POS = "pos"
    WEB = "web"


class Status(StrEnum):
    """A product's status, as both views show it."""

    NOT_LINKED = "not-linked"
    LINKED = "linked"
    PENDING = "pending"
    FAILED = "failed"
    BROKEN = "broken"
