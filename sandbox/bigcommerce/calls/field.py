"""What one field of a record may hold, and its default in a new record."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["string", "number", "integer", "boolean", "strings", "integers", "date", "object"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    low, high: bounds of a number, lengths of a string, or (high) how many items a list may have.
    choices: the only strings that are allowed; empty for any.
    """

    kind: Kind
    default: Any = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    nullable: bool = False


# The sort_order of every kind of record has 32 bits.
SORT_ORDER = Field("integer", 0, -2_147_483_648, 2_147_483_647)
