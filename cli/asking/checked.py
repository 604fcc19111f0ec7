"""Arguments that no function could take, refused before an event is put on the bus."""

from collections.abc import Iterable

from cli.cannot_run import WrongArguments

HIGHEST_NUMBER = 2**53 - 1
"""The highest BigCommerce number that JSON carries exactly (contracts/events)."""

LONGEST = 255
"""The most characters of a POS product's id, and of a filter (contracts/events)."""


def need_numbers(numbers: Iterable[int]) -> None:
    """Raise WrongArguments for what cannot be a BigCommerce product's number."""
    for number in numbers:
        if not 1 <= number <= HIGHEST_NUMBER:
            shown = str(number) if abs(number) <= HIGHEST_NUMBER else "A number as long as this"
            raise WrongArguments(
                f"{shown} is no BigCommerce number. It is a whole number from 1, which "
                "`tillbridge list --side web` shows."
            )


def need_ids(ids: Iterable[str]) -> None:
    """Raise WrongArguments for what cannot be a POS product's id."""
    for each in ids:
        if not each.strip() or len(each) > LONGEST or not can_be_sent(each):
            raise WrongArguments(
                f"'{_cut(each)}' is no id of a POS product. An id has 1 to {LONGEST} characters; "
                "`tillbridge list` shows them."
            )


def need_filter(name: str, value: str) -> None:
    """Raise WrongArguments for a filter that no name on BigCommerce could fit."""
    if len(value) > LONGEST or not can_be_sent(value):
        raise WrongArguments(
            f"The {name} '{_cut(value)}' is no name. It has {LONGEST} characters at most."
        )


def can_be_sent(text: str) -> bool:
    """Return whether a text can be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes on the command line that are not UTF-8
        return False
    return True


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
