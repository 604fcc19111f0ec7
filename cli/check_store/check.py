"""A check of a connected store: one question, and what its answer means to the shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cli.check_store.client import StoreUnderTest


class Verdict(StrEnum):
    """What an answer means. *not told*: the store does not say, which hinders nothing."""

    FINE = "fine"
    KNOW = "worth knowing"
    MEND = "must be mended"
    NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Said:
    """What was found, in words for the shop, and what to do about it ('' when there is nothing)."""

    verdict: Verdict
    words: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A question by its name, which docs/unverified.md uses, and the function that asks it.

    `run` may raise Untold."""

    name: str
    question: str
    run: Callable[[StoreUnderTest], Said]


def fine(words: str) -> Said:
    """Return that all is well."""
    return Said(Verdict.FINE, words)


def know(words: str, remedy: str = "") -> Said:
    """Return what the shop should know; it works all the same."""
    return Said(Verdict.KNOW, words, remedy)


def mend(words: str, remedy: str) -> Said:
    """Return what has to be mended before it works."""
    return Said(Verdict.MEND, words, remedy)
