"""Import and links by hand in the local world, through its roles, rules and queues."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests.e2e.conftest import TILLBRIDGE
from tests.e2e.test_local_world import ended, started

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

type Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def world(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Command, str]]:
    """Run a world of its own; yield a function to run commands, and the address of its store."""
    alone = {**environment, "TILLBRIDGE_HOME": str(tmp_path_factory.mktemp("import-home"))}
    process = started(["up", "--port-base", "0"], alone, "Ctrl-C ends it")
    said: str = process.said  # type: ignore[attr-defined]
    address = re.search(r"BigCommerce\s+(http://[^/]+)/", said)
    assert address is not None

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(TILLBRIDGE), *words],
            env=alone,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    yield run, address[1]
    assert ended(process) == 0


def test_a_person_imports_unlinks_links_and_undoes(
    world: tuple[Command, str],
) -> None:
    tillbridge, store = world
    lamp = {"name": "Lamp", "sku": "LMP 01", "type": "physical", "weight": 1, "price": 5,
            "description": "<b>Ours</b>"}  # fmt: skip
    seeded = requests.post(f"{store}/_sandbox/seed", json={"products": [lamp]}, timeout=10)
    (number,) = seeded.json()["product_ids"]

    plan = tillbridge("import", "--all", "--dry-run")
    assert "1 to be imported" in plan.stdout, plan.stdout + plan.stderr
    done = tillbridge("import", "--id", str(number))
    assert "1 imported" in done.stdout, done.stdout + done.stderr
    again = tillbridge("import", "--id", str(number))
    assert "1 already linked" in again.stdout, again.stdout + again.stderr

    listed = json.loads(tillbridge("list", "--json").stdout)["products"]
    (product,) = [row["id"] for row in listed if row["product_number"] == "LMP 01"]
    assert "1 unlinked" in tillbridge("unlink", product).stdout
    suggested = tillbridge("link", "--suggest")
    assert "name lamp" in suggested.stdout, suggested.stdout + suggested.stderr
    applied = tillbridge("link", "--suggest", "--apply", "--yes")
    assert "1 linked, 0 refused" in applied.stdout, applied.stdout + applied.stderr
    taken = tillbridge("link", "p-1001", str(number))
    assert taken.returncode == 1
    assert f"tillbridge unlink {product}" in taken.stdout
    back = tillbridge("undo", product)
    assert "1 undone" in back.stdout, back.stdout + back.stderr

    verified = tillbridge("verify", "--json")
    assert verified.returncode == 0, verified.stdout
    shown = requests.get(f"{store}/_sandbox/snapshot", timeout=10).json()["products"]
    assert [(p["sku"], p["description"]) for p in shown] == [("LMP 01", "<b>Ours</b>")]


def test_a_store_that_was_there_first_comes_in_and_stays_in_step(
    environment: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [str(TILLBRIDGE), "demo", "--import", "--json"],
        env={**environment, "TILLBRIDGE_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["promises_broken"] == []
    assert found["outcomes"] == {"imported": found["seeded"]}
    assert found["bigcommerce_writes_of_import"] == 0
