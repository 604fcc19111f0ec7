"""A name has one world: a second one neither takes its place nor its file, and the file of a dead one
is in nobody's way. Worlds of other names run beside it, and commands say which they mean."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from typer.testing import CliRunner

from cli.cannot_run import CannotRun
from cli.deployment import target as deployment
from cli.deployment import world as worlds
from cli.deployment.accounts import Account, remember_account
from cli.deployment.target import find_target
from cli.deployment.where import Where, said
from cli.deployment.world import living_worlds, own_world, the_world, world_file
from cli.main import app

AT = "http://127.0.0.1:5200"
LIVES = f"""
import sys
from cli.deployment.world import own_world
with own_world() as remember:
    remember({{"outputs": {{}}, "endpoint_url": "{AT}"}})
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path / "home"))
    for each in ("TILLBRIDGE_STACK", "TILLBRIDGE_WORLD"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setattr(worlds, "_PAUSE_S", 0.0)
    return tmp_path / "home"


@contextmanager
def _another_world(repository: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a world's process, without the world."""
    with subprocess.Popen(
        [sys.executable, "-c", LIVES],
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        yield process
        process.kill()


def test_a_second_world_says_where_the_first_runs_and_how_to_run_beside_it(
    repository: Path,
) -> None:
    with _another_world(repository):
        before = world_file().read_text()
        done = CliRunner(env={"COLUMNS": "300"}).invoke(app, ["up", "--port-base", "5310"])
        assert done.exit_code == 1
        assert f"A local world runs at {AT} already" in done.output
        assert "tillbridge up --name" in done.output
        assert world_file().read_text() == before


def test_a_demo_that_is_to_stay_says_so_before_it_plays_a_day(repository: Path) -> None:
    with _another_world(repository):
        done = CliRunner(env={"COLUMNS": "300"}).invoke(app, ["demo", "--stay"])
        assert done.exit_code == 1
        assert f"A local world runs at {AT} already" in done.output
        assert "starting" not in done.output


def test_a_world_that_still_starts_is_not_taken_over_either(repository: Path) -> None:
    with _another_world(repository):
        world_file().unlink()
        with pytest.raises(CannotRun, match="A local world runs already"), own_world():
            pass


def test_a_command_never_deletes_the_file_of_a_world_that_is_slow_to_answer(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: str | None) -> Any:
        raise EndpointConnectionError(endpoint_url=AT)

    monkeypatch.setattr(deployment, "_client", silent)
    with _another_world(repository):
        with pytest.raises(CannotRun, match=f"{AT} does not answer"):
            find_target()
        assert world_file().exists()


def test_a_killed_worlds_file_is_taken_over(repository: Path) -> None:
    with _another_world(repository) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert world_file().exists()
        with own_world() as remember:
            assert not world_file().exists()
            remember({"endpoint_url": "http://127.0.0.1:1"})
            assert json.loads(world_file().read_text()) == {"endpoint_url": "http://127.0.0.1:1"}
        assert not world_file().exists()


def test_after_a_killed_world_a_command_says_that_none_runs(repository: Path) -> None:
    with _another_world(repository) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert find_target() is None
        assert not world_file().exists()


def _ends_in(trouble: type[BaseException]) -> None:
    with own_world() as remember:
        remember({})
        raise trouble


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, RuntimeError])
def test_a_world_that_ends_in_trouble_removes_its_own_file(trouble: type[BaseException]) -> None:
    with pytest.raises(trouble):
        _ends_in(trouble)
    assert not world_file().exists()
    with own_world():
        pass


@pytest.mark.parametrize("held", [b"", b"{", b"[]", b"\xff"])
def test_a_damaged_file_of_a_dead_world_is_in_nobodys_way(home: Path, held: bytes) -> None:
    home.mkdir()
    world_file().write_bytes(held)
    with own_world() as remember:
        remember({})
    assert not world_file().exists()


def test_two_homes_have_a_world_each(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _another_world(repository):
        monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path / "other"))
        with own_world():
            pass


@contextmanager
def _runs(name: str = "default", at: str = AT) -> Iterator[None]:
    with own_world(name) as remember:
        remember({"outputs": {"of": name}, "endpoint_url": at})
        yield


def test_worlds_of_two_names_run_side_by_side() -> None:
    with _runs(), _runs("b"):
        assert living_worlds() == ["default", "b"]
        assert [the_world(each).outputs for each in ("default", "b")] == [  # type: ignore[union-attr]
            {"of": "default"},
            {"of": "b"},
        ]
    assert living_worlds() == []


def test_without_a_name_it_is_the_default_world_or_the_only_one() -> None:
    with _runs("b"):
        assert the_world("").name == "b"  # type: ignore[union-attr]
        with _runs():
            assert the_world("").name == "default"  # type: ignore[union-attr]
        with _runs("c"), pytest.raises(CannotRun, match=r"run: b, c\. Choose one with --world"):
            the_world("")
    assert the_world("") is None


@pytest.mark.parametrize("name", ["b", "../b", "worlds/b", ""])
def test_a_world_that_does_not_run_is_none(name: str) -> None:
    assert the_world(name) is None


def test_a_named_world_that_does_not_run_is_no_reason_to_work_in_another() -> None:
    with _runs(), said(Where(world="shop")), pytest.raises(CannotRun) as told:
        find_target()
    assert "No local world 'shop' is running" in str(told.value)
    assert "Running: default." in str(told.value)


def test_a_killed_worlds_ports_may_be_anothers_by_now(repository: Path) -> None:
    with _another_world(repository) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with _runs("b"):  # at the killed one's address
            assert the_world("default") is None
            assert living_worlds() == ["b"]


def test_of_each_name_there_is_one_world() -> None:
    with _runs("b"), pytest.raises(CannotRun, match="The local world 'b' runs at"), own_world("b"):
        pass


def _begins() -> None:
    with own_world():
        pass


@pytest.mark.parametrize("begin", [_begins, lambda: remember_account(Account("shop", "h", ""))])
def test_a_home_that_cannot_be_made_is_said(
    begin: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(CannotRun, match="TILLBRIDGE_HOME"):
        begin()


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("TILLBRIDGE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(CannotRun, match="Set TILLBRIDGE_HOME"):
        find_target()
