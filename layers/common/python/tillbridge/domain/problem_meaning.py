"""What a code of a failure means: what is wrong, what to do about it, and the words for shop staff."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Self


class Case(StrEnum):
    """A case in which a problem has words of its own: at an import, when another POS product has the
    name or SKU, when what was deleted is there again, or when it concerns a whole POS account."""

    IMPORT = "import"
    DUPLICATE = "duplicate"
    BACK = "back"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`wrong` and `remedy` explain a code in the glossary. `words` are what people read: what is
    wrong, then what to do, with named placeholders; `cases` has the words of special cases. `about`
    is the POS field, where it is always the same one."""

    wrong: str
    remedy: str
    words: str
    about: str = ""
    cases: Mapping[Case, str] = field(default_factory=lambda: MappingProxyType({}))


class FailureCode(StrEnum):
    """A code that stays the same for programs, with its meaning."""

    meaning: Meaning

    def __new__(cls, value: str, meaning: Meaning) -> Self:
        """Return the code of this value, which a program may compare as text."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code
