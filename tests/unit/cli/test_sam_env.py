"""`tillbridge sam-env`: the lines it prints, and when it has none."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.cannot_run import WrongArguments
from cli.main import app
from cli.sam_local.by_hand import chosen, line
from cli.sam_local.sam import EVENTS
from sandbox.aws.package import load_template

HOST = "172.17.0.1"
TEMPLATE = Path("/built/sam-local.json")


def _functions_of_the_template(repository: Path) -> set[str]:
    template = load_template(repository / "template.yaml")
    found = template["Resources"].items()
    return {name for name, each in found if each["Type"] == "AWS::Serverless::Function"}


def test_each_function_of_the_template_has_a_line(repository: Path) -> None:
    lines = [shlex.split(line(each, TEMPLATE, HOST)) for each in chosen("", "")]
    assert {words[3] for words in lines} == _functions_of_the_template(repository)
    for words in lines:
        assert words[1:3] == ["local", "invoke"]
        assert Path(words[words.index("--event") + 1]).is_file()
        assert "poison" not in words[words.index("--event") + 1]


def test_a_function_and_an_event_that_are_named_are_taken() -> None:
    (path,) = chosen("intake", "refund.completed")
    assert path == EVENTS / "intake.refund.completed.json"
    words = shlex.split(line(path, TEMPLATE, HOST))
    assert words[words.index("--template") + 1] == str(TEMPLATE)
    assert words[-1] == f"host.docker.internal:{HOST}"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("intak", ""), "There are: console, import, intake"),
        (("push", "sale.completed"), "It has: signal"),
        (("intake", "sale.complete"), "sale.completed.burst"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(asked: tuple[str, str], told: str) -> None:
    with pytest.raises(WrongArguments, match=re.escape(told)):
        chosen(*asked)


def test_without_a_world_for_containers_it_says_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path))
    monkeypatch.delenv("TILLBRIDGE_STACK", raising=False)
    done = CliRunner().invoke(app, ["sam-env"])
    assert done.exit_code == 1
    assert "tillbridge up" in done.stderr


def test_holding_is_not_told_as_json() -> None:
    done = CliRunner().invoke(app, ["sam-env", "--hold", "--json"])
    assert done.exit_code == 2


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a PATH on which there is no engine."""
    for name in ("bash", "dirname"):
        found = next(p for p in ("/bin", "/usr/bin") if (Path(p) / name).exists())
        (tmp_path / name).symlink_to(Path(found) / name)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ((), 1, "Start Docker Desktop, Finch or Colima, and run again."),
        (("--if-docker",), 0, "Skipped: no container engine answers."),
    ],
)
def test_make_sam_local_without_an_engine(
    words: tuple[str, ...], status: int, told: str, bare: Path, repository: Path
) -> None:
    done = subprocess.run(
        ["/bin/bash", str(repository / "scripts" / "sam-local"), *words],
        env={"PATH": str(bare)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, told in done.stdout + done.stderr) == (status, True)


def test_a_tool_that_is_named_and_not_there_is_no_skip(bare: Path, repository: Path) -> None:
    done = subprocess.run(
        ["/bin/bash", str(repository / "scripts" / "sam-local"), "--if-docker"],
        env={"PATH": str(bare), "TILLBRIDGE_LAMBDA_IMAGE": str(bare / "none.sh")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"TILLBRIDGE_LAMBDA_IMAGE names {bare}{os.sep}none.sh" in done.stderr
