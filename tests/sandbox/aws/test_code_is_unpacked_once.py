"""The local AWS unpacks a function's code once, and not for each process that runs it."""

import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sandbox.aws.unpack_once import unpack_once


@pytest.fixture
def zips(tmp_path: Path) -> Any:
    """Return the module of archives as ministack's processes of functions see it."""
    runtime = SimpleNamespace(zipfile=zipfile)
    (tmp_path / "shared").mkdir()
    unpack_once(runtime, tmp_path / "shared")  # type: ignore[arg-type]  # stands for a module
    return runtime.zipfile


def _unpacked(zips: Any, folder: Path, code: str) -> list[str]:
    """Do what ministack does for a process, and return the names that it looked at."""
    folder.mkdir()
    with zipfile.ZipFile(folder / "code.zip", "w") as archive:
        archive.writestr("app.py", code)
    (folder / "code").mkdir()
    with zips.ZipFile(folder / "code.zip") as archive:
        names: list[str] = archive.namelist()
        archive.extractall(folder / "code")
    return names


def test_processes_of_equal_code_share_it(zips: Any, tmp_path: Path) -> None:
    assert _unpacked(zips, tmp_path / "one", "print(1)") == ["app.py"]
    assert _unpacked(zips, tmp_path / "two", "print(1)") == [], "it has been looked at"
    one, two = (tmp_path / name / "code" / "app.py" for name in ("one", "two"))
    assert one.read_text() == "print(1)"
    assert one.samefile(two)


def test_code_that_changed_is_unpacked_anew(zips: Any, tmp_path: Path) -> None:
    _unpacked(zips, tmp_path / "one", "print(1)")
    assert _unpacked(zips, tmp_path / "two", "print(2)") == ["app.py"]
    assert (tmp_path / "one" / "code" / "app.py").read_text() == "print(1)"
    assert (tmp_path / "two" / "code" / "app.py").read_text() == "print(2)"


def test_a_file_that_is_no_archive_is_refused_as_before(zips: Any, tmp_path: Path) -> None:
    (tmp_path / "code.zip").write_bytes(b"not a zip")
    with pytest.raises(zips.BadZipFile):
        zips.ZipFile(tmp_path / "code.zip")
