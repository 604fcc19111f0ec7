"""A container as CI's has the checkout as a folder of its host, whose files belong to another user."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTS = "lists: ; @git ls-files Makefile\n"


def test_make_has_git_read_it() -> None:
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "-f", "Makefile", "-f", "-", "lists"],
        input=LISTS,
        cwd=ROOT,
        env={**outside, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("Makefile\n", "")
