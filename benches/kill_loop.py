"""`make knife`: every story, killed after every port call; prints the figures."""

import logging
import sys
import time

from tests.knife.loop import play
from tests.knife.stories import STORIES


def main(names: list[str]) -> int:
    """Plays the stories named, or all; the exit status tells whether all ends were equal."""
    logging.disable()
    bad = 0
    for name, story in STORIES.items():
        if names and name not in names:
            continue
        started = time.monotonic()
        outcome = play(story)
        print(f"{name:28} {outcome}  {time.monotonic() - started:.1f} s")
        for words in outcome.differing[:4]:
            print(f"    {words[:700]}")
        bad += len(outcome.differing)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
