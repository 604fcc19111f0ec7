"""The console starts without its API: what it checks calls with is loaded by the first call."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOADED = """
import importlib, pkgutil, sys
import tillbridge.console
for module in pkgutil.iter_modules(tillbridge.console.__path__, "tillbridge.console."):
    importlib.import_module(module.name)
print("\\n".join(sys.modules))
"""


def test_no_module_of_the_console_itself_loads_the_api_or_pydantic() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, "PYTHONPATH": str(ROOT / "layers/common/python")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.splitlines())
    assert {"tillbridge.console.visit", "tillbridge.console.claims"} <= loaded
    late = {
        "pydantic",
        "tillbridge.console.api.app",
        "aws_lambda_powertools.event_handler.openapi.models",
        "aws_lambda_powertools.event_handler.middlewares.openapi_validation",
    }
    assert not loaded & late
