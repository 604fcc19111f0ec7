"""The command line as a person runs it: processes, files and exit codes, nothing imported."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TILLBRIDGE = Path(sys.executable).with_name("tillbridge")

SECONDS = 600
"""Seconds that one test here may take: it starts whole worlds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of this folder their own time limit."""
    here = f"{Path(__file__).parent}{os.sep}"
    for item in items:  # of every folder; the parents of ten thousand paths would take a second
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.timeout(SECONDS))


type Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of its own, so that no world or store of this machine is seen."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def environment(home: Path) -> dict[str, str]:
    """Return the environment of every process."""
    return {**os.environ, "TILLBRIDGE_HOME": str(home), "COLUMNS": "200"}


@pytest.fixture(scope="session")
def tillbridge(environment: dict[str, str], repository: Path) -> Run:
    """Return a function that runs a subcommand and waits for it."""

    def run(*words: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(TILLBRIDGE), *words],
            env=environment,
            cwd=repository,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
