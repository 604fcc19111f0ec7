"""What every suite shares."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests import wide_console  # noqa: F401 - before whatever else makes a console
from tests.beside import Beside, beside_of
from tests.faults import Faults, heard
from tests.pushed import check_and_forget

# A slow or busy machine fails no property: neither an example nor its making has a deadline.
settings.register_profile(
    "tillbridge", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
# By hand: pytest tests/property --hypothesis-profile=thorough (tests/examples.py multiplies).
settings.register_profile("thorough", settings.get_profile("tillbridge"), max_examples=2_000)
# For `make mutants`: the same examples each time, and a failure is not made smaller.
settings.register_profile(
    "mutants",
    settings.get_profile("tillbridge"),
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("tillbridge")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of this checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def beside(repository: Path) -> Beside:
    """Return a finder of reference data: what is missing skips the test by name."""
    return beside_of(repository)


@pytest.fixture(autouse=True)
def _no_push_ends_in_silence() -> Iterator[None]:
    yield
    silent = check_and_forget()
    assert not silent, f"pushed by a person, then neither written nor explained: {silent}"


@pytest.fixture(autouse=True)
def every_fault() -> Iterator[Faults]:
    """Raise every fault that a fence notes."""
    with heard() as faults:
        yield faults


@pytest.fixture
def faults(every_fault: Faults) -> Faults:
    """Return the faults noted, for a test that plants some: none is raised."""
    every_fault.planted = True
    return every_fault
