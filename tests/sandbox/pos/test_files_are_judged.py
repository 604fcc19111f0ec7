"""What stands out in a file is said before it is imported, in the breaker's words."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.judge import judge
from sandbox.pos.inputs import ProductInput
from sandbox.pos.server import PosServer

IMPORT = "/_sandbox/actions/import_csv?file_name=spring.csv"


@pytest.fixture
def pos() -> Iterator[PosServer]:
    with PosServer() as server:
        server.cloud.judge = judge
        server.cloud.load(
            [
                ProductInput.model_validate(
                    {
                        "id": f"p-{n}",
                        "name": f"Mug {n}",
                        "price": "12.50",
                        "description_html": "<p>A mug</p>",
                        "stock": {"o-main": "4", "o-west": "4"},
                    }
                )
                for n in range(10)
            ]
        )
        yield server


def told(pos: PosServer, header: str, row: str, query: str = "") -> dict[str, Any]:
    """Import a file with this row for each product, and return the answer."""
    lines = [header, *(f"p-{n},Mug {n},{row}" for n in range(10))]
    answer = requests.post(
        f"{pos.base_url}{IMPORT}{query}",
        data="\n".join(lines).encode(),
        headers={"Authorization": f"Bearer {pos.token}"},
        timeout=10,
    )
    assert answer.ok, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("id,name,price", "1250", "the price of 10 of 10 products would be 10 times what it is"),
        ("id,name,price", "0.125", "a price would fall by 99 %"),
        ("id,name,stock,stock o-west", "4,0", "40 of 80 units in stock would be gone"),
        ("id,name,description", "", "10 of 10 products would lose their description"),
    ],
)
def test_a_dry_run_says_what_stands_out_and_imports_nothing(
    pos: PosServer, header: str, row: str, said: str
) -> None:
    before = pos.cloud.catalogue.find("p-3")
    answer = told(pos, header, row, "&dry_run=yes")
    assert said in answer["note"]
    assert "import" not in answer
    assert pos.cloud.catalogue.find("p-3") == before


def test_an_import_says_so_too_and_is_not_stopped(pos: PosServer) -> None:
    answer = told(pos, "id,name,price", "1250")
    assert answer["note"].startswith("Worth a look first: ")
    assert answer["import"]["updated"] == 10


def test_what_the_file_has_no_column_for_does_not_count_as_gone(pos: PosServer) -> None:
    assert told(pos, "id,name,price", "13")["note"] == ""
    assert told(pos, "id,name,stock", "3")["note"] == ""  # the other outlet keeps its four
