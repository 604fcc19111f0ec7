"""Walk by hand: python -m tests.property.vendor_path FIRST LAST STEPS prints the shortest walk of each seed that goes wrong."""

import logging
import re
import sys
from collections.abc import Sequence

from tests.faults import heard
from tests.property.vendor_path.walk import Step, shortest, steps_of, walk

_NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def found(seed: int, steps: Sequence[Step]) -> list[str]:
    """Return what is wrong with a walk, an error of the product among it."""
    try:
        with heard():
            return walk(seed, steps)
    except Exception as error:  # noqa: BLE001 - told as what went wrong, with the walk that leads to it
        return [f"{type(error).__name__}: {error}"]


def kind(words: str) -> str:
    """Return words without what differs from walk to walk, so that a shorter one goes wrong in the same way."""
    return _NUMBERS.sub("#", words.partition("): ")[2] or words)[:40]


def least(seed: int, steps: Sequence[Step], words: str) -> list[Step]:
    """Return the shortest walk of a seed that goes wrong as these words say."""

    def fails(fewer: Sequence[Step]) -> bool:
        wrong = found(seed, fewer)
        return bool(wrong) and kind(wrong[0]) == kind(words)

    return shortest(steps, fails)


def main(first: int, last: int, number: int) -> None:
    """Take the walks of these seeds."""
    logging.disable(logging.CRITICAL)
    for seed in range(first, last):
        steps = steps_of(seed, number)
        wrong = found(seed, steps)
        sys.stdout.write(f"{seed}: {'; '.join(wrong) or 'all is right'}\n")
        for step in least(seed, steps, wrong[0]) if wrong else ():
            sys.stdout.write(f"    {step.act} {step.seed}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
