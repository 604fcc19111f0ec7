"""The benches that need the local world still run, at a size that takes seconds: what they hand to the
functions is theirs, and `make bench` is not played at each change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.long
def test_a_small_claim_check_goes_through_the_functions(repository: Path) -> None:
    paths = [str(repository), str(repository / "layers" / "common" / "python")]
    done = subprocess.run(
        [sys.executable, "-m", "benches.claim_check", "400"],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "links behind 0" in done.stdout
