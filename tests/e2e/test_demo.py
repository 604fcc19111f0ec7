"""`tillbridge demo`: every promise holds, and the figures have their public names."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.beside import Beside
from tests.contract.bigcommerce_openapi import validate_traffic
from tests.e2e.conftest import Run

NAMES = {
    "products",
    "variants",
    "linked",
    "failed",
    "skipped_rows",
    "events",
    "creates",
    "updates",
    "mismatches",
    "bigcommerce_owned_touched",
    "duplicates",
    "api_calls",
    "least_calls",
    "own_429",
    "lag_seconds",
    "seconds",
}


@dataclass(frozen=True)
class Played:
    """The result of a demo."""

    code: int
    said: str
    figures: dict[str, Any]
    record: Path


@pytest.fixture(scope="module")
def played(tillbridge: Run, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Run the demo without any file."""
    folder = tmp_path_factory.mktemp("demo")
    record = folder / "traffic.jsonl"
    done = tillbridge("demo", "--seed", "11", "--json", "--record", str(record))
    assert done.stdout, done.stderr
    return Played(done.returncode, done.stderr, json.loads(done.stdout), record)


def test_every_promise_holds(played: Played) -> None:
    assert played.figures["promises_broken"] == []
    assert played.code == 0
    assert "Every promise held" in played.said


def test_the_figures_are_there_under_their_names(played: Played) -> None:
    assert played.figures.keys() >= NAMES
    assert played.figures["lag_seconds"].keys() >= {"p50", "p95"}


def test_every_product_is_linked_or_says_why_not(played: Played) -> None:
    figures = played.figures
    assert figures["products"] == figures["linked"] + len(figures["failed"])
    assert all(each["product"] and each["code"] and each["words"] for each in figures["failed"])


def test_only_what_bigcommerce_can_never_take_is_refused(played: Played) -> None:
    assert {each["code"] for each in played.figures["failed"]} == {
        "name_taken",
        "name_too_long",
        "sku_characters",
    }


def test_nothing_differs_is_touched_or_made_twice(played: Played) -> None:
    for name in ("mismatches", "bigcommerce_owned_touched", "duplicates"):
        assert played.figures[name] == [], name
    assert played.figures["own_429"] == 0


def test_all_nine_triggers_happened(played: Played) -> None:
    happened = played.figures["happened"]
    kinds = ("reprice", "import_csv", "sale", "refund", "exchange", "count", "order", "transfer")
    assert all(happened.get(kind) for kind in (*kinds, "adjust"))


def test_the_traffic_is_what_bigcommerce_documents(played: Played, beside: Beside) -> None:
    assert played.record.stat().st_size > 0
    assert validate_traffic(played.record, beside("spec", "bigcommerce")) == []


def test_no_token_is_in_the_record(played: Played) -> None:
    assert "sandbox-token" not in played.record.read_text()


@pytest.mark.long
def test_two_shopify_files_run_clean(tillbridge: Run, beside: Beside) -> None:
    files = [beside("data", f"shopify-{name}.csv") for name in ("apparel", "jewelery")]
    words = [word for file in files for word in ("--products", str(file))]
    done = tillbridge("demo", *words, "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["products"], figures["failed"]) == (40, [])


def test_a_file_of_another_shape_is_refused_naming_its_columns(
    tillbridge: Run, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("First name,Last name\nAda,Byron\n")
    done = tillbridge("demo", "--products", str(file))
    assert done.returncode == 2
    assert "First name" in done.stderr
