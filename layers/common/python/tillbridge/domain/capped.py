"""Words that people read, short enough to be stored: a product with 600 variants may have thousands of
problems, and a row of a table takes 400 kB."""

import re
from collections.abc import Sequence

MOST_WORDS = 2_000
"""Characters of all words that one product, or one answer, has at once."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…]) +(?=[A-Z'“\"])")


def capped(words: str) -> str:
    """Return the words, or as many of their sentences as fit, and how many more there are."""
    if len(words) <= MOST_WORDS:
        return words
    return " ".join(capped_list(_SENTENCE_ENDS.split(words)))


def capped_list(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return those of the first sentences that fit, and one more that says how many are left out. A
    first sentence that does not fit is cut."""
    if sum(map(len, sentences)) + len(sentences) <= MOST_WORDS:
        return tuple(sentences)
    kept: list[str] = []
    left = MOST_WORDS - 40  # for the last sentence
    for sentence in sentences:
        left -= len(sentence) + 1
        if left < 0:
            break
        kept.append(sentence)
    kept = kept or [f"{sentences[0][: MOST_WORDS - 60]}…"]
    more = len(sentences) - len(kept)
    return (*kept, f"And {more} more of the same kind.") if more else tuple(kept)
