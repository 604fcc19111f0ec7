"""SAM's own command, called as a person would type it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.screen.console import console
from sandbox.aws.server import REGION
from sandbox.project import project_files

EVENTS = project_files() / "events" / "lambda"
"""The golden events, as each function receives them: `FUNCTION.EVENT.json`."""

ENVIRONMENT = {
    **os.environ,
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "SAM_CLI_TELEMETRY": "0",
}


def host_of_containers() -> str:
    """Return the address under which containers see this machine: SAM_LOCAL_HOST, else that of Docker on Linux."""
    return os.environ.get("SAM_LOCAL_HOST", "172.17.0.1")


def command(what: Sequence[str], template: Path, host: str) -> list[str]:
    """Return the words of `sam local`. `host`: the address under which containers see this machine."""
    return [
        str(Path(sys.executable).parent / "sam"),
        *("local", *what, "--template", str(template), "--region", REGION),
        *("--add-host", f"host.docker.internal:{host}", "--skip-pull-image"),
    ]


def invoke(template: Path, function: str, event: str, host: str) -> Any:
    """Run a function with a golden event and return its answer; exit with 1 when it fails."""
    console.print(f"$ sam local invoke {function} --event events/lambda/{event}")
    done = subprocess.run(  # noqa: S603 - the sam of this very venv
        command(["invoke", function, "--event", str(EVENTS / event)], template, host),
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    failed = done.returncode != 0 or '"errorMessage"' in done.stdout
    check(not failed, f"{function} handled {event}", done.stdout[-1500:] + done.stderr[-3000:])
    return json.loads(done.stdout.strip() or "null")


def check(holds: bool, what: str, details: str = "") -> None:
    """Print what was found; exit with 1, after the details, when it does not hold."""
    console.print(("✓ " if holds else "✗ ") + what)
    if not holds:
        console.print(*details.splitlines(), sep="\n")
        raise SystemExit(1)
