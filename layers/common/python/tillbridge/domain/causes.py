"""Why products are not online as they should be, cause by cause: whose turn it is, and what can be asked for.

All words are those of the codes (domain/problem_words.py); of what an import left out they are here, where the
row of each product has the reason itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.problem_meaning import Meaning
from tillbridge.domain.problem_words import WHILE_TRIED, ProblemCode
from tillbridge.domain.selection import Do
from tillbridge.domain.view_rows import POS, WEB, RowState


class Whose(StrEnum):
    """Whose turn it is. `yours`: a person decides. `ours`: Tillbridge tries again by itself. `nobodys`: it is
    left alone on purpose."""

    YOURS = "yours"
    OURS = "ours"
    NOBODYS = "nobodys"


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause as it is told: what is wrong and what to do about it, both as the ends of sentences, and what can
    be asked for at once for all products that it holds back, the likeliest first."""

    code: str
    state: RowState
    whose: Whose
    wrong: str
    remedy: str
    does: tuple[Do, ...] = ()

    @property
    def side(self) -> str:
        """Return the side whose products it holds back."""
        return WEB if self.state is RowState.LEFT_OUT else POS


DOES: Mapping[ProblemCode, tuple[Do, ...]] = {
    ProblemCode.NAME_BLANK: (Do.RETRY,),
    ProblemCode.NAME_TOO_LONG: (Do.RETRY,),
    ProblemCode.NAME_TAKEN: (Do.RETRY,),
    ProblemCode.SKU_BLANK: (Do.RETRY,),
    ProblemCode.SKU_REPEATED: (Do.RETRY,),
    ProblemCode.SKU_CHARACTERS: (Do.RETRY,),
    ProblemCode.SKU_TOO_LONG: (Do.RETRY,),
    ProblemCode.SKU_TAKEN: (Do.RETRY,),
    ProblemCode.PRICE_NEGATIVE: (Do.RETRY,),
    ProblemCode.COST_NEGATIVE: (Do.RETRY,),
    ProblemCode.BARCODE_TOO_LONG: (Do.RETRY,),
    ProblemCode.TEXT_TOO_LONG: (Do.RETRY,),
    ProblemCode.NO_SUCH_CHOICE: (Do.RETRY,),
    ProblemCode.OPTION_BLANK: (Do.RETRY,),
    ProblemCode.OPTION_REPEATED: (Do.RETRY,),
    ProblemCode.OPTION_TOO_LONG: (Do.RETRY,),
    ProblemCode.TOO_MANY_OPTION_VALUES: (Do.RETRY,),
    ProblemCode.TOO_MUCH_TEXT: (Do.RETRY,),
    ProblemCode.TOO_MANY_VARIANTS: (Do.RETRY,),
    ProblemCode.TOO_MANY_OPTIONS: (Do.RETRY,),
    ProblemCode.CLASH: (Do.RETRY,),
    ProblemCode.REFUSED: (Do.RETRY,),
    ProblemCode.CHANNEL_REFUSED: (Do.RETRY,),
    ProblemCode.STOCK_REFUSED: (Do.RETRY,),
    ProblemCode.COUNT_IMPOSSIBLE: (Do.RETRY,),
    ProblemCode.DELETED_ONLINE: (Do.PUSH, Do.UNLINK),
    ProblemCode.DELETED_IN_POS: (),  # nothing is left to do
    ProblemCode.NOT_HIDDEN: (Do.UNLINK,),
    ProblemCode.POS_WENT_BACK: (Do.PUSH,),
    ProblemCode.NOT_IN_POS: (Do.RETRY,),
    ProblemCode.POS_RECORD_UNREADABLE: (Do.RETRY,),
    ProblemCode.WEB_RECORD_UNREADABLE: (Do.RETRY,),
    ProblemCode.CHANGED_SINCE_PLANNED: (Do.PUSH,),
    ProblemCode.KEEPS_FAILING: (Do.PUSH,),
    ProblemCode.FAULT: (Do.PUSH,),
    ProblemCode.FORBIDDEN: (Do.PUSH,),
    ProblemCode.QUESTION_REFUSED: (Do.PUSH,),
}
"""What a person can ask for, by code: every code is here."""

LEFT_OUT: Mapping[str, Meaning] = {
    "offered": Meaning(
        "an import left it out, because the POS seems to have it",
        "see them, then link each to what the POS has, or import it all the same",
        "",
    ),
    "refused": Meaning(
        "an import left it out, because the POS cannot take it as it is",
        "see why of each; once that is mended, import it again",
        "",
    ),
    "failed": Meaning(
        "an import failed on it",
        "see why of each, then import it again",
        "",
    ),
}
"""What an import's outcomes mean that leave a product out (`kind` in ports/imports.py)."""

_OTHERS = {
    RowState.FAILED: Meaning("it failed, and no reason was kept", "refresh and push it again", ""),
    RowState.BROKEN: ProblemCode.DELETED_ONLINE.meaning,
    RowState.LEFT_OUT: Meaning("an import left it out", "see them, then import them again", ""),
}
"""What is told where a row has no code, or one that this release does not know."""


def cause_of(state: RowState, code: str) -> Cause:
    """Return the cause of the products of a state that have a code, '' or an unknown one included."""
    if state is RowState.LEFT_OUT:
        meaning = LEFT_OUT.get(code, _OTHERS[state])
        whose = Whose.YOURS if code == "failed" else Whose.NOBODYS
        return Cause(code, state, whose, meaning.wrong, meaning.remedy, (Do.IMPORT,))
    if state is RowState.BROKEN:  # whatever was wrong before, now it is that its product is gone
        gone = _OTHERS[state]
        does = DOES[ProblemCode.DELETED_ONLINE]
        return Cause(code, state, Whose.YOURS, gone.wrong, gone.remedy, does)
    known = next((each for each in ProblemCode if each == code), None)
    if known is None:
        other = _OTHERS[state]
        return Cause(code, state, Whose.YOURS, other.wrong, other.remedy, (Do.RETRY,))
    meaning, does = known.meaning, DOES[known]
    whose = Whose.OURS if known in WHILE_TRIED else Whose.YOURS if does else Whose.NOBODYS
    return Cause(code, state, whose, meaning.wrong, meaning.remedy, does)
