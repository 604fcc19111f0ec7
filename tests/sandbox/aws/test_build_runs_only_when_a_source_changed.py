"""`sam build` takes seconds and the network: it runs whenever it must, and only then."""

from pathlib import Path

import pytest

from sandbox.aws import build as building
from sandbox.aws.build import BUILT, BuildFailedError, build


class Sam:
    """Counts builds and leaves the files that a build leaves; `fails` says whether it fails."""

    def __init__(self) -> None:
        self.builds = 0
        self.fails = False

    def __call__(self, root: Path, wanted: str, built: Path) -> None:
        self.builds += 1
        if self.fails:
            raise BuildFailedError("no")
        (root / built).mkdir(parents=True, exist_ok=True)
        (root / built / "template.yaml").touch()


@pytest.fixture
def sam(monkeypatch: pytest.MonkeyPatch) -> Sam:
    sam = Sam()
    monkeypatch.setattr(building, "sam_build", sam)
    return sam


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("functions/push", "layers/common/python/tillbridge"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("template.yaml", "samconfig.toml", "functions/push/app.py"):
        (tmp_path / name).write_text("one")
    return tmp_path


def test_the_first_time_it_builds_and_the_second_it_does_not(sam: Sam, root: Path) -> None:
    assert build(root) == root / BUILT
    assert build(root) == root / BUILT
    assert sam.builds == 1


@pytest.mark.parametrize("name", ["template.yaml", "functions/push/app.py"])
def test_a_changed_source_is_built_again(name: str, sam: Sam, root: Path) -> None:
    build(root)
    (root / name).write_text("two")
    build(root)
    assert sam.builds == 2


def test_a_new_and_a_removed_and_a_renamed_file_are_changes(sam: Sam, root: Path) -> None:
    build(root)
    (root / "layers/new.py").write_text("one")
    build(root)
    (root / "layers/new.py").rename(root / "layers/other.py")
    build(root)
    (root / "layers/other.py").unlink()
    build(root)
    assert sam.builds == 4


def test_what_python_caches_is_no_change(sam: Sam, root: Path) -> None:
    build(root)
    (root / "functions/push/__pycache__").mkdir()
    (root / "functions/push/__pycache__/app.cpython-313.pyc").write_text("one")
    build(root)
    assert sam.builds == 1


def test_a_failed_build_is_tried_again(sam: Sam, root: Path) -> None:
    build(root)
    (root / "template.yaml").write_text("two")
    sam.fails = True
    with pytest.raises(BuildFailedError):
        build(root)
    (root / "template.yaml").write_text("one")
    sam.fails = False
    build(root)
    assert sam.builds == 3


def test_what_was_built_and_then_deleted_is_built_again(sam: Sam, root: Path) -> None:
    build(root)
    (root / BUILT / "template.yaml").unlink()
    build(root)
    assert sam.builds == 2
