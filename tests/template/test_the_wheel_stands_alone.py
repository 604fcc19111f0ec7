"""The wheel, as `uv tool install .` installs it: its command operates a stack without the extra `local`, and brings
along what a local world is built from. `make test-wheel` installs it with the extra and plays a demo."""

import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.command_table import COMMANDS, Command, Group, Sections

SOURCES = (
    *("pyproject.toml", "setup.py", "README.md", "LICENSE", "template.yaml", "samconfig.toml"),
    *("contracts", "events", "functions", "layers", "sandbox", "cli"),
)
CODE = {"layers/common/python/tillbridge": "tillbridge"} | dict.fromkeys(
    ("functions", "sandbox", "cli"), ""
)
PROJECT = ("template.yaml", "samconfig.toml", "layers/common/python/requirements.txt")

IMPORTS = """
import ast, importlib, importlib.abc, inspect, json, pkgutil, sys
site, blocked, modules = json.loads(sys.argv[1])
sys.path[:0] = [site]

class NotInstalled(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)

sys.meta_path.insert(0, NotInstalled())
wrong = {}
for name in modules:
    try:
        module = importlib.import_module(name)
        assert module.__file__.startswith(site), module.__file__
        # What a command works with, it imports when it runs.
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.ImportFrom):
                importlib.import_module(node.module)
    except ModuleNotFoundError as missing:
        wrong[name] = str(missing)
print(json.dumps(wrong))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Return a wheel built of a copy of the sources, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = folder / "sources"
    sources.mkdir()
    without = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in SOURCES:
        path = repository / name
        if path.is_dir():
            shutil.copytree(path, sources / name, ignore=without)
        else:
            shutil.copyfile(path, sources / name)
    words = ["wheel", ".", "--no-build-isolation", "--no-deps", "--quiet", "--wheel-dir", ".."]
    built = subprocess.run(
        [sys.executable, "-m", "pip", *words],
        cwd=sources,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which the wheel was unpacked."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def _commands(sections: Sections) -> Iterator[Command]:
    for each in (each for part in sections.values() for each in part.values()):
        if isinstance(each, Group):
            yield from _commands(each.sections)
        else:
            yield each


def test_every_file_of_the_code_is_in_it_and_what_a_world_is_built_from(
    wheel: Path, repository: Path
) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"tillbridge_project/{each}" for each in PROJECT}
    for root, name in CODE.items():
        wanted |= {
            (Path(name or root) / path.relative_to(repository / root)).as_posix()
            for path in (repository / root).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
    for root in ("contracts", "events"):
        wanted |= {
            f"tillbridge_project/{path.relative_to(repository).as_posix()}"
            for path in (repository / root).rglob("*")
            if path.suffix in {".json", ".yaml"}
        }
    assert sorted(wanted - packed) == []
    assert [each for each in packed if each.startswith(("tests/", "benches/"))] == []


def test_every_command_but_those_of_a_local_world_runs_without_the_extra(
    installed: Path, repository: Path, tmp_path: Path
) -> None:
    settings = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    extra = settings["optional-dependencies"]["local"]
    named = {"aws-sam-cli": "samcli", "aws-sam-translator": "samtranslator"}
    blocked = [named.get(name, name) for line in extra if (name := _name(line)) != "pip"]
    assert "ministack" in blocked
    modules = [each.module for each in _commands(COMMANDS) if not each.local]
    asked = json.dumps([str(installed), blocked, [*modules, "cli.main", "cli.trouble"]])
    done = subprocess.run(
        [sys.executable, "-P", "-c", IMPORTS, asked],
        cwd=tmp_path,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    assert json.loads(done.stdout) == {}


def test_a_copy_that_can_be_built_is_made_once_and_is_that_of_the_checkout(
    installed: Path, repository: Path, tmp_path: Path
) -> None:
    program = "from sandbox.project import buildable; print(buildable())"

    def asked() -> Path:
        done = subprocess.run(
            [
                sys.executable,
                "-P",
                "-c",
                f"import sys; sys.path[:0] = [{str(installed)!r}]; {program}",
            ],
            cwd=tmp_path,
            env={"PATH": "", "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return Path(done.stdout.strip())

    copy = asked()
    assert copy.parent == tmp_path / "tillbridge"
    assert asked() == copy
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
    for root in ("functions", "layers", *PROJECT[:2]):
        assert _contents(copy / root) == _contents(repository / root)


def _contents(root: Path) -> dict[str, bytes]:
    found = [root] if root.is_file() else [each for each in root.rglob("*") if each.is_file()]
    return {
        each.relative_to(root).as_posix(): each.read_bytes()
        for each in found
        if "__pycache__" not in each.parts
    }


def _name(requirement: str) -> str:
    return requirement.partition(">")[0].partition("=")[0]
