"""A function's process is killed by the function's name, below one parent, and no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.aws.workers import kill_workers


def _sleeper(function: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "AWS_LAMBDA_FUNCTION_NAME": function}
    code = "print(flush=True); import time; time.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()  # it runs, with its environment
    return child


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no processes as files here")
def test_only_the_processes_of_the_function_die() -> None:
    push, intake = _sleeper("stack-push"), _sleeper("stack-intake")
    try:
        assert kill_workers(os.getpid(), "stack-push") == 1
        assert push.wait(5) != 0
        assert intake.poll() is None
        assert kill_workers(os.getpid(), "stack-push") == 0
    finally:
        for child in (push, intake):
            child.kill()
            child.wait(5)
            if child.stdout is not None:
                child.stdout.close()
