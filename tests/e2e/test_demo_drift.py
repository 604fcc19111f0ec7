"""`tillbridge demo --drift`: exactly the damage is found, and it is repaired."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.beside import Beside
from tests.contract.bigcommerce_openapi import validate_traffic
from tests.e2e.conftest import Run

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Played:
    """A demo with drift, after its run."""

    code: int
    said: str
    drift: dict[str, Any]
    record: Path


@pytest.fixture(scope="module")
def played(tillbridge: Run, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Run the demo: the day, the damage, the dry run, the repair."""
    folder = tmp_path_factory.mktemp("drift")
    record = folder / "traffic.jsonl"
    words = ("demo", "--drift", "--seed", "21", "--json", "--record", str(record))
    done = tillbridge(*words, timeout=600)
    assert done.stdout, done.stderr
    return Played(done.returncode, done.stderr, json.loads(done.stdout)["drift"], record)


@pytest.mark.timeout(700)
def test_exactly_the_damage_is_found_and_repaired(played: Played) -> None:
    assert played.drift["promises_broken"] == []
    assert played.code == 0
    assert "Exactly the damage was found" in played.said
    assert len(played.drift["pos_owned_edits"]) >= 6
    assert played.drift["deleted"]
    assert played.drift["events_lost"]


@pytest.mark.timeout(700)
def test_each_run_says_what_it_cost(played: Played) -> None:
    dry, repair, last = played.drift["runs"]
    assert dry["calls"]["GET /catalog/products"] == 2
    assert sum(dry["calls"].values()) <= 5
    # A repair writes nothing itself; it asks once more for a deleted product before it believes it.
    assert repair["calls"] == {"GET /catalog/products": 1}
    assert repair["repaired"] == len(played.drift["found"]) - _only_informing(played)
    assert last["drift"] == 0


@pytest.mark.timeout(700)
def test_what_reconcile_asks_of_bigcommerce_is_as_documented(
    played: Played, beside: Beside
) -> None:
    assert validate_traffic(played.record, beside("spec", "bigcommerce")) == []


def _only_informing(played: Played) -> int:
    return sum(found["code"] in ("retired", "only_in_pos") for found in played.drift["found"])
