"""Which products a person chose in a view, and what is to be done with them."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.view_rows import RowState


class Do(StrEnum):
    """What a person can ask for. `look`: read both sides now, and tell what a push would change. `retry`: look, then
    push again. `undo`: take back what a push replaced."""

    PUSH = "push"
    IMPORT = "import"
    LINK = "link"
    UNLINK = "unlink"
    LOOK = "look"
    RETRY = "retry"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Question:
    """What a view was asked: the text of the search, and the state that was chosen; none is all. `cause`, which
    goes with a state: only the products with this code; '' whatever their code."""

    text: str = ""
    state: RowState | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Products of one side ('pos' or 'web'): those with these ids or, with a `question`, all that fit it but
    those in `without`."""

    side: str
    ids: tuple[str, ...] = ()
    question: Question | None = None
    without: frozenset[str] = frozenset()
