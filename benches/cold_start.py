"""What a function costs at its start, against a bare boto3 client of DynamoDB in the same run.

Each start is a fresh process that imports the handler, from the function and the layer as built, and
builds what it works with, in shuffled order; the median of its processor time counts. As on Lambda, no
process writes byte code, and boto3's is there. Read the ratios: the milliseconds are this machine's."""

import os
import random
import statistics
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from benches.helpers.results import Figure, finish
from sandbox.aws.build import build
from tillbridge.environment import ConsoleEnvironment, Environment

ALL_ROUNDS = 15
MOST = {
    "intake": 2.0,
    "sweep": 1.7,
    "push": 2.5,
    "orders": 2.5,
    "import": 2.5,
    "reconcile": 2.5,
    "webhooks": 1.7,
    "poll": 2.5,
    "console": 1.6,
}
"""A function may take this many times what the bare client takes; intake handles every event."""

BARE = "boto3, DynamoDB"
STARTS = {
    BARE: "import boto3; boto3.client('dynamodb')",
    **dict.fromkeys(MOST, "import app"),
}
TIMED = """
import sys, time
for absent in ("awscrt", "OpenSSL"):
    sys.modules[absent] = None  # botocore takes them where they are; Lambda's runtime has neither
began = time.process_time()
exec(sys.argv[1])
print((time.process_time() - began) * 1_000)
"""


def main(rounds: int) -> int:
    """Print a line for each function. Return 0 when none takes longer than it may."""
    took: dict[str, list[float]] = {name: [] for name in STARTS}
    built = build()
    _start(BARE, built, writes_byte_code=True)
    for _ in range(rounds):
        for name in random.sample(list(STARTS), len(STARTS)):
            took[name].append(_start(name, built))
    medians = {name: statistics.median(times) for name, times in took.items()}
    ratios = {name: median / medians[BARE] for name, median in medians.items()}
    for name, ratio in ratios.items():
        spread = f"{min(took[name]):.0f}-{max(took[name]):.0f}"
        print(f"{name:16} {medians[name]:6.0f} ms ({spread})  {ratio:.2f} x {BARE}")
    figures = [
        Figure(f"start of {name} ÷ {BARE}", ratios[name], most) for name, most in MOST.items()
    ]
    return finish("cold_start", figures, whole=rounds >= ALL_ROUNDS)


def _start(name: str, built: Path, *, writes_byte_code: bool = False) -> float:
    """Return the processor time of one start (ms)."""
    function = built / f"{name.capitalize()}Function"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        **{f.name.upper(): "bench" for f in (*fields(Environment), *fields(ConsoleEnvironment))},
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "POWERTOOLS_METRICS_NAMESPACE": "Tillbridge",
        "PYTHONPATH": f"{built / 'CommonLayer' / 'python'}{os.pathsep}{function}",
    }
    if not writes_byte_code:
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", TIMED, STARTS[name]],
        env=environment,
        cwd=built,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL_ROUNDS))
