"""Problems from their codes. All words come from domain/problem_words.py and
domain/attention_words.py."""

from collections.abc import Sequence

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.capped import ENDING, MOST_WORDS, capped_list
from tillbridge.domain.errors import Forbidden, NeedsAttention, Problem
from tillbridge.domain.problem_meaning import Case, FailureCode
from tillbridge.domain.problem_words import ProblemCode

LONGEST_QUOTE = 500
"""Characters of a value that words quote."""


def sentence(code: FailureCode, case: Case | None = None, /, **details: object) -> str:
    """Return what people read about a problem; `details` fill the placeholders of its words. Raise
    KeyError when one is missing."""
    meaning = code.meaning
    quoted = {name: _short(value) for name, value in details.items()}
    words = (meaning.words if case is None else meaning.cases[case]).format(**quoted)
    return words[:1].upper() + words[1:]


def _short(value: object) -> object:
    """Return a value as words quote it: a text of any length must fit a row, and a screen."""
    long = isinstance(value, str) and len(value) > LONGEST_QUOTE
    return f"{str(value)[: LONGEST_QUOTE - 1]}…" if long else value


def problem_of(
    code: ProblemCode,
    case: Case | None = None,
    /,
    *,
    field: str = "",
    holder: int | None = None,
    blocked_by: str = "",
    **details: object,
) -> Problem:
    """Return the problem with this code. `field`, `holder` and `blocked_by` go into the problem
    (see Problem); `holder`, `blocked_by` and `details` fill the placeholders of its words."""
    words = sentence(code, case, holder=holder, blocked_by=blocked_by, **details)
    return Problem(code.value, words, field or code.meaning.about, holder, blocked_by)


def joined(found: Sequence[Problem]) -> Problem:
    """Return a product's problems, at least one, as one: the first, with the words of all."""
    each = list(dict.fromkeys(problem.words for problem in found))
    words = capped_list(each, MOST_WORDS - ENDING)
    return Problem(found[0].code, " ".join(words), found[0].field)


def attention_for(
    code: AttentionCode, case: Case | None = None, /, **details: object
) -> NeedsAttention:
    """Return the error that makes a whole connection wait for a person."""
    return NeedsAttention(code.value, sentence(code, case, **details))


def forbidden_for(code: AttentionCode, /, *, title: str, **details: object) -> Forbidden:
    """Return the error of a 403 that names no scope; `title` is what it said."""
    return Forbidden(code.value, sentence(code, title=title, **details), title)


def may_concern_one_product(error: NeedsAttention) -> bool:
    """Return whether a refusal of access may concern one call only: a 403 that names no scope."""
    if isinstance(error, Forbidden):
        return True
    return error.code == AttentionCode.SCOPE_MISSING and "store_" not in str(error)
