"""What a local world is built from, where the command is installed: a copy in the user's cache folder."""

import shutil
from pathlib import Path

import pytest

from sandbox import project
from sandbox.aws.build import BuildFailedError, build
from sandbox.project import buildable, is_installed, project_files


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which the command is installed, with a cache folder beside it."""
    site = tmp_path / "site"
    shipped = site / "tillbridge_project"
    requirements = shipped / "layers/common/python/requirements.txt"
    requirements.parent.mkdir(parents=True)
    for file in (requirements, shipped / "template.yaml", shipped / "samconfig.toml"):
        file.write_text(file.name)
    for package in ("functions", "tillbridge"):
        (site / package / "__pycache__").mkdir(parents=True)
        (site / package / "__init__.py").write_text(package)
    monkeypatch.setattr(project, "_HERE", site)
    monkeypatch.setattr(project, "_SHIPPED", shipped)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return site


def test_in_a_checkout_it_is_the_checkout(repository: Path) -> None:
    assert not is_installed()
    assert buildable() == project_files() == repository


def test_a_copy_has_the_shape_of_a_checkout_and_changes_with_the_version(site: Path) -> None:
    copy = buildable()
    assert (copy / "layers/common/python/tillbridge/__init__.py").read_text() == "tillbridge"
    assert (copy / "template.yaml").is_file()
    assert not list(copy.rglob("__pycache__"))
    (site / "functions" / "__init__.py").write_text("newer")
    newer = buildable()
    assert newer != copy
    assert (newer / "functions/__init__.py").read_text() == "newer"


def test_what_was_not_finished_is_no_copy(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(shutil, "copytree", full)
        with pytest.raises(BuildFailedError, match=r"No space left on device.*XDG_CACHE_HOME"):
            build()
    assert list((site.parent / "cache" / "tillbridge").iterdir()) == []
    assert (buildable() / "functions").is_dir()


def test_of_two_commands_at_once_the_second_takes_the_copy_of_the_first(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.copyfile

    def another_is_quicker(*words: Path) -> None:
        monkeypatch.setattr(shutil, "copyfile", real)
        buildable()
        real(*words)

    monkeypatch.setattr(shutil, "copyfile", another_is_quicker)
    copy = buildable()
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_a_cache_folder_that_cannot_be_made_is_told(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(BuildFailedError, match="cannot be copied"):
        build()
