"""The locked requirements are what pyproject.toml asks for, complete and hashed (otherwise: `make
lock`)."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LAYER = "layers/common/python/requirements.txt"
DEV = "requirements/dev.txt"
MUTANTS = "requirements/mutants.txt"
SECURITY = "requirements/security.txt"
ENTRY = re.compile(
    r"^([a-z0-9][\w.-]*)==(\S+)(?: ;[^\\]*)?((?: \\\n    --hash=sha256:\w{64})+)$", re.MULTILINE
)


def _pins(text: str) -> dict[str, Version]:
    return {canonicalize_name(name): Version(version) for name, version, _ in ENTRY.findall(text)}


@pytest.fixture
def asked(repository: Path) -> dict[str, list[Requirement]]:
    settings = tomllib.loads((repository / "pyproject.toml").read_text())
    project = settings["project"]
    extras = project["optional-dependencies"]
    own = [
        line for lines in extras.values() for line in lines if not line.startswith("tillbridge[")
    ]
    return {
        LAYER: [Requirement(line) for line in settings["dependency-groups"]["layer"]],
        DEV: [Requirement(line) for line in [*project["dependencies"], *own]],
        MUTANTS: [Requirement(line) for line in settings["dependency-groups"]["mutants"]],
        SECURITY: [Requirement(line) for line in settings["dependency-groups"]["security"]],
    }


@pytest.mark.parametrize("name", [LAYER, DEV, MUTANTS, SECURITY])
def test_every_dependency_is_locked_to_a_version_it_allows(
    name: str, asked: dict[str, list[Requirement]], repository: Path
) -> None:
    pins = _pins((repository / name).read_text())
    assert [
        str(requirement)
        for requirement in asked[name]
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), ""))
    ] == []


@pytest.mark.parametrize("name", [LAYER, DEV, MUTANTS, SECURITY])
def test_every_line_is_a_version_with_its_hashes(name: str, repository: Path) -> None:
    text = (repository / name).read_text()
    assert ENTRY.sub("", text).strip() == ""


def test_the_layer_ships_the_versions_that_were_tested(repository: Path) -> None:
    tested = _pins((repository / DEV).read_text())
    shipped = _pins((repository / LAYER).read_text())
    assert shipped
    assert shipped.items() <= tested.items()


def test_what_the_layer_carries_is_what_its_code_runs_with_here(
    asked: dict[str, list[Requirement]], repository: Path
) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    assert {str(each) for each in asked[LAYER]} <= {
        str(Requirement(line)) for line in project["dependencies"]
    }


def test_the_layer_carries_nothing_of_the_command_line(repository: Path) -> None:
    assert {"typer", "rich", "jsonschema"}.isdisjoint(_pins((repository / LAYER).read_text()))


def test_the_layer_carries_no_boto3(repository: Path) -> None:
    assert {"boto3", "botocore"}.isdisjoint(_pins((repository / LAYER).read_text()))
