"""What one field of a record may hold, and what a new record holds when nothing is sent."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["string", "number", "integer", "boolean", "strings", "integers", "date", "object"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    low, high: bounds of a number, lengths of a string, or (high) how many items a list may have.
    choices: the only strings that are taken; empty for any.
    """

    kind: Kind
    default: Any = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    nullable: bool = False


# Every record that has a place in a list has it in 32 bits.
SORT_ORDER = Field("integer", 0, -2_147_483_648, 2_147_483_647)
