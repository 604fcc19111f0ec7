"""Makes problems out of codes: the words come from domain/problem_words.py and from nowhere else."""

from collections.abc import Sequence

from tillbridge.domain.errors import NeedsAttention, Problem
from tillbridge.domain.problem_words import AttentionCode, Case, ProblemCode


def sentence(
    code: ProblemCode | AttentionCode, case: Case | None = None, /, **details: object
) -> str:
    """Return what people read of a problem; `details` fill the placeholders of its words."""
    meaning = code.meaning
    words = (meaning.words if case is None else meaning.cases[case]).format(**details)
    return words[:1].upper() + words[1:]


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
    """Return the problem with this code. `field`, `holder` and `blocked_by` are the problem's own
    (see Problem), and words may name them as they may the `details`."""
    words = sentence(code, case, holder=holder, blocked_by=blocked_by, **details)
    return Problem(code.value, words, field or code.meaning.about, holder, blocked_by)


def joined(found: Sequence[Problem]) -> Problem:
    """Return all problems of one product as one: the first, with the words of all."""
    words = " ".join(dict.fromkeys(problem.words for problem in found))
    return Problem(found[0].code, words, found[0].field)


def attention_for(code: AttentionCode, /, **details: object) -> NeedsAttention:
    """Return the error that a whole connection waits for a person."""
    return NeedsAttention(code.value, sentence(code, **details))
