"""`make sam-local` ends the `sam local start-api` that it began."""

import subprocess
import sys

from cli.sam_local.console import end

OF_A_SCRIPT_IN_THE_BACKGROUND = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""


def test_one_that_ignores_ctrl_c_ends_too() -> None:
    words = [sys.executable, "-c", OF_A_SCRIPT_IN_THE_BACKGROUND]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as served:
        assert served.stdout is not None
        assert served.stdout.readline() == b"ready\n"
        end(served)
    assert served.returncode != 0
