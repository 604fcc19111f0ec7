"""The benches that need the local world still run, at a size that takes seconds: what they hand to the
functions is theirs, and `make bench` is not played at each change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = (
    ("claim_check", "400", "links behind 0", {0}),
    ("drains", "100", "met    rows left, or levels that are wrong: 0", {0}),
    # Beside other tests a lag may be above its limit.
    ("one_change", "3", "lag of a sale, p95, bare requests", {0, 1}),
)


@pytest.mark.long
@pytest.mark.parametrize(("bench", "size", "says", "statuses"), SMALL)
def test_a_small_bench_goes_through_the_functions(
    repository: Path, bench: str, size: str, says: str, statuses: set[int]
) -> None:
    paths = [str(repository), str(repository / "layers" / "common" / "python")]
    done = subprocess.run(
        [sys.executable, "-m", f"benches.{bench}", size],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert says in done.stdout, done.stdout
    assert done.returncode in statuses, done.stdout
