"""`tillbridge undo` finds the push that is undone, and says what it cannot ask for."""

from dataclasses import dataclass
from typing import Any

import pytest

from cli.cannot_run import CannotRun, WrongArguments
from cli.commands import undo
from cli.deployment import undo as deployment
from tests.builders import LANTERN, STORE, a_link
from tests.fakes.before_images import FakeBeforeImages
from tests.fakes.history import FakeHistory
from tests.fakes.links import FakeLinks
from tests.fakes.replaced import FakeReplaced
from tillbridge.domain.before_push import Before, Was
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.web_product import WebProduct

WEB = StoreProductId(101)


@dataclass
class Kept:
    """A deployment's tables, in memory."""

    links: FakeLinks
    history: FakeHistory
    outputs: dict[str, str]

    def client(self, _: str) -> None:
        return None


@pytest.fixture
def befores() -> FakeBeforeImages:
    return FakeBeforeImages()


@pytest.fixture
def target(befores: FakeBeforeImages, monkeypatch: pytest.MonkeyPatch) -> Any:
    replaced = FakeReplaced()
    replaced.keep(STORE, PosProductId("p-linked"), WebProduct(StoreProductId(102), "Linked"))
    monkeypatch.setattr(deployment, "befores_of", lambda _: befores)
    monkeypatch.setattr(deployment, "DynamoReplaced", lambda *_: replaced)
    kept = Kept(FakeLinks(), FakeHistory(), {"stores_table": "stores"})
    kept.links.linked(STORE, a_link(LANTERN, id=WEB))
    kept.links.linked(STORE, a_link("p-linked", id=StoreProductId(102)))
    return kept


def pushed(target: Any, befores: FakeBeforeImages, job: str, at_ms: int, field: str) -> None:
    was = {field: Was("old", sent("new"))}
    befores.keep(STORE, job, {PosProductId(LANTERN): Before(WEB, "Lamp", at_ms, was)})
    target.history.write(STORE, [ProductLine(at_ms, PosProductId(LANTERN), Did.UPDATED, job=job)])


def test_the_newest_push_of_each_product_is_found(target: Any, befores: FakeBeforeImages) -> None:
    pushed(target, befores, "job-1", 1_000, "name")
    pushed(target, befores, "job-2", 2_000, "price")
    line = ProductLine(1, PosProductId("p-linked"), Did.LINKED, job="job-0")
    target.history.write(STORE, [line])
    names = [LANTERN, "p-linked", "p-unknown"]
    assert deployment.newest_jobs(target, STORE, names, ()) == {
        "job-2": [LANTERN],
        "": ["p-linked", "p-unknown"],
    }
    assert deployment.newest_jobs(target, STORE, [LANTERN], ["name"]) == {"job-1": [LANTERN]}
    assert deployment.products_of(target, STORE, "job-1") == [LANTERN]


def test_what_cannot_be_asked_for_says_so() -> None:
    with pytest.raises(WrongArguments, match="Name products, or a job"):
        undo.command()
    with pytest.raises(CannotRun, match="No push sends a field that is called 'weight'"):
        undo.command(["p-1"], field=["weight"])
