"""What a function costs at its start, against a bare boto3 client of DynamoDB in the same run.

Each start is a fresh process that imports the handler and builds what it works with, in shuffled
order; the median of its processor time counts. Read the ratios: the milliseconds are this machine's."""

import os
import random
import statistics
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from tillbridge.environment import Environment

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
MOST = {"intake": 2.75, "sweep": 2.75, "push": 3.5, "import": 3.5, "reconcile": 3.5}
"""A function may take this many times what the bare client takes; intake handles every event."""

ROOT = Path(__file__).parents[1]
BARE = "boto3, DynamoDB"
STARTS = {
    BARE: "import boto3; boto3.client('dynamodb')",
    **{name: f"import importlib; importlib.import_module('functions.{name}.app')" for name in MOST},
}
TIMED = """
import sys, time
for absent in ("awscrt", "OpenSSL"):
    sys.modules[absent] = None  # botocore takes them where they are; Lambda's runtime has neither
began = time.process_time()
exec(sys.argv[1])
print((time.process_time() - began) * 1_000)
"""


def main() -> int:
    """Print a line for each function. Return 0 when none takes longer than it may."""
    took: dict[str, list[float]] = {name: [] for name in STARTS}
    for _ in range(ROUNDS):
        for name in random.sample(list(STARTS), len(STARTS)):
            took[name].append(_start(STARTS[name]))
    medians = {name: statistics.median(times) for name, times in took.items()}
    ratios = {name: median / medians[BARE] for name, median in medians.items()}
    for name, ratio in ratios.items():
        spread = f"{min(took[name]):.0f}-{max(took[name]):.0f}"
        print(f"{name:16} {medians[name]:6.0f} ms ({spread})  {ratio:.2f} x {BARE}")
    return 0 if all(ratios[name] <= most for name, most in MOST.items()) else 1


def _start(code: str) -> float:
    environment = {
        **os.environ,
        **{field.name.upper(): "bench" for field in fields(Environment)},
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "POWERTOOLS_METRICS_NAMESPACE": "Tillbridge",
        "PYTHONPATH": f"{ROOT / 'layers/common/python'}{os.pathsep}{ROOT}",
    }
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", TIMED, code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
