"""What was built for one processor is never deployed for another."""

from pathlib import Path

import pytest

from sandbox.aws.build import BuildFailedError
from sandbox.aws.ship import architecture_of, check


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return tmp_path


def _library(built: Path, machine: str) -> None:
    folder = built / "CommonLayer" / "python" / "pydantic_core"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"_core.cpython-313-{machine}-linux-gnu.so").touch()


@pytest.mark.parametrize(("wanted", "machine"), [("arm64", "aarch64"), ("x86_64", "x86_64")])
def test_libraries_of_the_wanted_processor_pass(built: Path, wanted: str, machine: str) -> None:
    _library(built, machine)
    check(built, wanted)


def test_one_library_of_another_processor_is_enough_to_stop(built: Path) -> None:
    _library(built, "aarch64")
    _library(built, "x86_64")
    with pytest.raises(
        BuildFailedError, match=r"cannot run on arm64.*x86_64.*Nothing was deployed"
    ):
        check(built, "arm64")


def test_a_layer_without_libraries_was_not_built(built: Path) -> None:
    with pytest.raises(BuildFailedError, match="no compiled library"):
        check(built, "arm64")


@pytest.mark.parametrize("environment", ["default", "staging", "prod"])
def test_every_environment_says_its_processor(repository: Path, environment: str) -> None:
    assert architecture_of(repository, environment) == "arm64"


def test_an_environment_that_is_not_there_is_named_with_those_that_are(repository: Path) -> None:
    with pytest.raises(
        BuildFailedError, match="no environment 'live', only: default, staging, prod"
    ):
        architecture_of(repository, "live")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ('"Architecture=x86_64 LogLevel=INFO"', "x86_64"),
        ('["Architecture=x86_64"]', "x86_64"),
        ('""', "arm64"),
    ],
)
def test_what_samconfig_says_goes_before_the_templates_default(
    tmp_path: Path, told: str, wanted: str
) -> None:
    (tmp_path / "samconfig.toml").write_text(
        f"[one.deploy.parameters]\nparameter_overrides = {told}\n"
    )
    (tmp_path / "template.yaml").write_text("Parameters: {Architecture: {Default: arm64}}\n")
    assert architecture_of(tmp_path, "one") == wanted
