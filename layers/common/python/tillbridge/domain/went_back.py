"""A POS that went back: when that is told of a whole store, and in which words."""

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problems import sentence

A_FEW = 3
"""Up to so many products may have gone back by themselves: their own links say it."""

MOST_WENT_BACK = 100
"""How many products of a POS that went back a store remembers: enough to say that it is many."""


def store_note(products: int) -> str:
    """Return what people read of a store whose POS shows so many products in an older version than was
    pushed; '' when they are few."""
    if products <= A_FEW:
        return ""
    count = f"{MOST_WENT_BACK} or more" if products >= MOST_WENT_BACK else str(products)
    return sentence(AttentionCode.POS_WENT_BACK, count=count)


def account_note() -> str:
    """Return what people read of a POS account whose changes are counted from an older number than before."""
    return sentence(AttentionCode.POS_WENT_BACK, Case.ACCOUNT)
