"""Words that people read, short enough to be stored: a product with 600 variants may have thousands of
problems, and a row of a table takes 400 kB."""

import re
from collections.abc import Sequence

MOST_WORDS = 2_000
"""Characters of all words that one product, or one answer, has at once."""

ENDING = 100
"""Characters of them that are kept for what is said last, as of a product's stock (`GoesOn`)."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…]) +(?=[A-Z'“\"])")
_MORE = re.compile(r"And ([0-9]{1,9}) more of the same kind\.")


def capped(words: str, ending: str = "") -> str:
    """Return the words, or as many of their sentences as fit, and how many more there are. `ending`
    comes last, and is never left out."""
    room = MOST_WORDS - len(ending) - 1 if ending else MOST_WORDS
    if len(words) > room:
        words = " ".join(capped_list(_SENTENCE_ENDS.split(words), room))
    return f"{words} {ending}".strip() if ending else words


def capped_list(sentences: Sequence[str], room: int = MOST_WORDS) -> tuple[str, ...]:
    """Return those of the first sentences that fit, and one more that says how many are left out,
    with those that were left out before. A first sentence that does not fit is cut."""
    if sum(map(len, sentences)) + len(sentences) <= room:
        return tuple(sentences)
    counts = [_MORE.fullmatch(sentence) for sentence in sentences]
    said = [each for each, count in zip(sentences, counts, strict=True) if count is None]
    kept: list[str] = []
    left = room - 40  # for the last sentence
    for sentence in said:
        left -= len(sentence) + 1
        if left < 0:
            break
        kept.append(sentence)
    kept = kept or [f"{first[: room - 60]}…" for first in said[:1]]
    more = len(said) - len(kept) + sum(int(count[1]) for count in counts if count)
    return (*kept, f"And {more} more of the same kind.") if more else tuple(kept)
