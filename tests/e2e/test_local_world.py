"""`tillbridge up` and the commands that work in it; and a demo on an added store."""

import base64
import json
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import TILLBRIDGE, Run


def started(words: list[str], environment: dict[str, str], until: str) -> subprocess.Popen[str]:
    """Start a command that goes on, and return it once it has said `until`; `said`: what it said by then."""
    process = subprocess.Popen(
        [str(TILLBRIDGE), *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = ""
    deadline = time.monotonic() + 90
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if until in line or time.monotonic() > deadline:
            break
    process.said = said  # type: ignore[attr-defined]
    assert until in said, said
    return process


def ended(process: subprocess.Popen[str]) -> int:
    """End a command as Ctrl-C does, and return its status."""
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    return process.returncode


@pytest.fixture(scope="module")
def world(environment: dict[str, str]) -> Iterator[None]:
    """Run the local world."""
    process = started(["up", "--port-base", "0"], environment, "Ctrl-C ends it")
    yield
    assert ended(process) == 0


@pytest.mark.usefixtures("world")
def test_the_console_takes_a_token_of_the_local_issuer(tillbridge: Run) -> None:
    _, claims, _ = tillbridge("sign-in", "--as", "sam").stdout.strip().split(".")
    found = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (found["name"], found["tillbridge"]) == ("Sam", ["demo:staff"])
    assert tillbridge("sign-in", "--as", "eve").returncode != 0


@pytest.mark.usefixtures("world")
def test_a_person_pushes_lists_and_verifies(tillbridge: Run) -> None:
    plan = tillbridge("push", "--not-linked", "--dry-run")
    assert "40 to create" in plan.stdout, plan.stdout + plan.stderr
    pushed = tillbridge("push", "--not-linked")
    assert "37 linked, 3 failed" in pushed.stdout, pushed.stdout + pushed.stderr
    listed = tillbridge("list", "--status", "failed", "--json")
    assert {row["id"] for row in json.loads(listed.stdout)["products"]} == {
        "p-1012",
        "p-1013",
        "p-1014",
    }
    web = json.loads(tillbridge("list", "--side", "web", "--json").stdout)
    assert len(web["products"]) == 37
    verified = tillbridge("verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["mismatches"] == []


@pytest.mark.usefixtures("world")
def test_a_golden_event_reaches_the_bus(tillbridge: Run) -> None:
    sent = tillbridge("put-event", "events/bus/push.requested.json")
    assert "Sent 1 event" in sent.stdout, sent.stderr


@pytest.mark.usefixtures("world")
def test_an_unknown_product_is_named(tillbridge: Run) -> None:
    done = tillbridge("push", "p-none")
    assert done.returncode == 1
    assert "The POS has no product p-none" in done.stderr


def test_without_a_world_a_command_says_how_to_start_one(
    environment: dict[str, str], tmp_path: Path
) -> None:
    alone = {**environment, "TILLBRIDGE_HOME": str(tmp_path)}
    done = subprocess.run(
        [str(TILLBRIDGE), "list"], env=alone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "tillbridge up" in done.stderr


@pytest.mark.long
def test_a_demo_runs_against_a_store_that_was_added(
    environment: dict[str, str], tmp_path: Path, repository: Path
) -> None:
    alone = {**environment, "TILLBRIDGE_HOME": str(tmp_path / "home")}
    store = started(["sandbox", "bigcommerce", "--port", "0"], alone, "Try:")
    try:
        said: str = store.said  # type: ignore[attr-defined]
        found = {
            what: re.search(rf"{what}\s+(\S+)", said)[1]  # type: ignore[index]
            for what in ("base address", "store hash", "token")
        }
        token = tmp_path / "token.txt"
        token.write_text(found["token"])

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [str(TILLBRIDGE), *words],
                env=alone,
                cwd=repository,
                capture_output=True,
                text=True,
                check=False,
            )

        at = ("--token-file", str(token), "--api-url", found["base address"])
        wrong = run("store", "add", "shop", "--hash", "no", *at)
        assert wrong.returncode == 1
        added = run("store", "add", "shop", "--hash", found["store hash"], *at)
        assert added.returncode == 0, added.stderr
        assert found["token"] not in (tmp_path / "home" / "stores" / "shop.json").read_text()
        three = tmp_path / "three.csv"
        three.write_text(
            "id,name,sku,price\n"
            + "".join(f"oak-{n},Oak chair {n},OAK-{n},14.50\n" for n in range(3))
        )
        done = run("demo", "--store", "shop", "--products", str(three), "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout)["linked"] == 3
    finally:
        ended(store)
