"""What comes into the POS is told in the history, and what is left out."""

import pytest

from tests.builders import STORE, a_product
from tests.faults import Faults
from tests.import_world import ImportWorld
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.import_messages import Ask, PageMessage


def imports(world: ImportWorld) -> list[ProductLine]:
    """Import, and return the lines that only this wrote."""
    world.queue.put(PageMessage("job-1", STORE, Ask(), by="mina"))
    world.import_until_quiet()
    return world.history.lines


def test_a_product_that_comes_in_is_told_by_its_pos_id(world: ImportWorld) -> None:
    mug = world.sells("Mug", "MUG")
    (line,) = imports(world)
    assert (line.did, line.product, line.web) == (Did.IMPORTED, world.link_of(mug).product, mug.id)
    assert (line.by, line.job) == ("mina", "job-1")


def test_what_is_left_out_is_told_by_its_number_with_the_reason(world: ImportWorld) -> None:
    world.pos.save(a_product(sku="LANTERN"))
    odd = world.sells("Storm", "LANTERN")
    (line,) = imports(world)
    assert (line.did, line.product, line.web, line.code) == (Did.LEFT_OUT, "", odd.id, "offered")
    assert "tillbridge link" in line.words
    assert list(world.history.newest(STORE, odd.id)) == [line]


def test_what_was_linked_before_has_no_line(world: ImportWorld) -> None:
    mug = world.sells("Mug", "MUG")
    imports(world)
    world.history.lines.clear()
    world.ask_for(mug, request="again")
    world.import_until_quiet()
    assert world.imports.outcomes
    assert world.history.lines == []


def test_25_products_are_one_request(world: ImportWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    monkeypatch.setattr(world.history, "write", lambda _, lines: written.append(len(lines)))
    for number in range(50):
        world.sells(f"Mug {number}", f"MUG-{number}")
    imports(world)
    assert written == [25, 25]


@pytest.mark.parametrize("trouble", [RetryLater("busy"), KeyError("a bug")])
def test_a_history_that_fails_stops_no_import(
    world: ImportWorld, trouble: Exception, monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    def fails(*_: object) -> None:
        raise trouble

    mug = world.sells("Mug", "MUG")
    monkeypatch.setattr(world.history, "write", fails)
    imports(world)
    assert world.link_of(mug).id == mug.id
    assert len(faults.noted) == isinstance(trouble, KeyError)


def test_the_push_that_follows_an_import_is_because_of_it(world: ImportWorld) -> None:
    mug = world.sells("Mug", "MUG")
    imports(world)
    product = world.link_of(mug).product
    rows = [row for row in world.pending.rows if row.product == product and row.because]
    assert any(row.because.last.id == "job-1" for row in rows if row.because)
