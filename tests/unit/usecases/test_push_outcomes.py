"""Whoever asked for something is told what became of each product, whatever it was."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_change, a_product
from tests.world import World
from tillbridge.domain.errors import Refused, RetryLater
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind
from tillbridge.usecases.push.slice.outcomes_told import SliceOutcomes

JOB, NEWER = "j" * 16, "k" * 16


def outcomes(world: World, job: str = JOB) -> list[tuple[PosProductId, Did]]:
    return [(line.product, line.did) for line in told(world, job)]


def told(world: World, job: str = JOB) -> list[ProductLine]:
    return [line for line in world.history.lines if line.outcome and line.job == job]


def pushed(world: World, *products: Any, job: str = JOB) -> list[tuple[PosProductId, Did]]:
    world.ask(*products, job=job)
    world.push_until_quiet()
    return outcomes(world, job)


def hides_nothing() -> World:
    """Return a world in which pushes leave the visibility alone."""
    world = World()
    off = FieldPolicy({Field.VISIBILITY: Mode.OFF})
    settings = replace(world.connection.settings, fields=off)
    world.stores.save_connection(replace(world.connection, settings=settings))
    return world


def test_a_created_product_is_told_with_who_asked() -> None:
    world = World()
    assert pushed(world, a_product()) == [(LANTERN, Did.CREATED)]
    (line,) = told(world)
    assert (line.by, line.lane, bool(line.fields), bool(line.call)) == ("mina", "asked", True, True)


def test_an_update_is_told_and_what_is_sent_as_it_was_too() -> None:
    world = hides_nothing()
    world.linked(a_product())
    assert pushed(world, a_product(version=2, name="Other")) == [(LANTERN, Did.UPDATED)]
    same = a_product(version=2, name="Other")
    assert pushed(world, same, job=NEWER) == [(LANTERN, Did.UNCHANGED)]
    assert told(world, NEWER)[0].call


def test_a_refusal_is_told_in_words() -> None:
    world = World()
    assert pushed(world, a_product(name="x" * 300)) == [(LANTERN, Did.REFUSED)]
    assert "Shorten" in told(world)[0].words


def test_an_update_that_went_in_part_is_told_as_refused() -> None:
    world = World()
    world.linked(a_product())
    asked = a_product(version=2, name="x" * 300, description="New")
    assert pushed(world, asked) == [(LANTERN, Did.REFUSED)]
    assert [line.did for line in world.history.lines if not line.outcome][-1] is Did.UPDATED


def test_what_the_pos_does_not_have_is_told() -> None:
    world = World()
    asked = a_change("p-nobody", lane=Lane.ASKED, force=True, manual=True, job=JOB)
    world.pending.mark([replace(asked, version=0)])
    world.push_until_quiet()
    assert outcomes(world) == [(PosProductId("p-nobody"), Did.REFUSED)]
    assert told(world)[0].code == "not_in_pos"


def test_what_was_deleted_in_the_pos_before_it_came_online_is_told() -> None:
    world = World()
    assert pushed(world, a_product(deleted=True)) == [(LANTERN, Did.REFUSED)]
    assert told(world)[0].code == "deleted_in_pos"


def test_a_deleted_product_that_is_hidden_is_told() -> None:
    world = World()
    world.linked(a_product())
    assert pushed(world, a_product(version=2, deleted=True)) == [(LANTERN, Did.HIDDEN)]


def test_one_that_the_settings_do_not_let_be_hidden_is_told() -> None:
    world = hides_nothing()
    world.linked(a_product())
    assert pushed(world, a_product(version=2, deleted=True)) == [(LANTERN, Did.REFUSED)]
    assert told(world)[0].code == "not_hidden"


def test_one_that_was_deleted_online_is_told_as_broken() -> None:
    world = World()
    world.linked(a_product())
    number = world.link(LANTERN).id
    assert number is not None
    world.web.remove(number)
    assert pushed(world, a_product(version=2, name="Other")) == [(LANTERN, Did.BROKEN)]


def test_one_that_the_pos_shows_older_than_it_was_pushed_is_told() -> None:
    world = World()
    world.linked(a_product(version=7))
    assert pushed(world, a_product(version=3)) == [(LANTERN, Did.REFUSED)]
    assert told(world)[0].code == "pos_went_back"


def test_neighbours_in_one_call_have_an_outcome_each() -> None:
    world = World()
    some = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(12)]
    world.linked(*some)
    again = [replace(each, version=2, description="New") for each in some]
    assert sorted(pushed(world, *again)) == sorted((each.id, Did.UPDATED) for each in some)


def test_an_outcome_is_written_before_its_row_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    seen: list[int] = []
    clear = world.pending.clear

    def looked(rows: Any) -> None:
        some = list(rows)
        seen.extend(len(told(world)) for row in some if row.job)
        clear(some)

    monkeypatch.setattr(world.pending, "clear", looked)
    pushed(world, a_product())
    assert seen == [1]


def test_a_history_that_is_busy_holds_back_the_row_of_a_request_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    write, busy = world.history.write, [RetryLater("busy")] * 3

    def once_busy(store: Any, lines: Any) -> None:
        some = list(lines)
        if busy and any(line.outcome for line in some):
            raise busy.pop()
        write(store, some)

    monkeypatch.setattr(world.history, "write", once_busy)
    world.ask(a_product(), job=JOB)
    world.happens("product.saved", a_product(JUMPER, name="Jumper", sku="J-1"))
    world.push_until_quiet()
    assert not busy
    # The create is recorded; what was asked for is sent once more.
    assert outcomes(world) == [(LANTERN, Did.UPDATED)]
    assert [call.method for call in world.web.log].count("create") == 1


def test_what_is_told_while_a_busy_history_is_written_is_kept_beside_what_it_held_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    outcomes_told = SliceOutcomes(STORE, world.history, world.clock)
    created, updated = (ProductLine(1, LANTERN, did, job=JOB) for did in (Did.CREATED, Did.UPDATED))

    def busy(*_: Any) -> None:
        outcomes_told.tell(updated)
        raise RetryLater("busy")

    monkeypatch.setattr(world.history, "write", busy)
    outcomes_told.tell(created)
    world.ask(a_product(), job=JOB)
    with pytest.raises(RetryLater):
        outcomes_told.write(world.pending.rows)
    assert outcomes_told.left() == [created, updated]


def test_a_death_after_the_outcome_has_it_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    clear, deaths = world.pending.clear, [RetryLater("killed")]

    def dies(rows: Any) -> None:
        some = list(rows)
        if deaths and any(row.job for row in some):
            raise deaths.pop()
        clear(some)

    monkeypatch.setattr(world.pending, "clear", dies)
    assert pushed(world, a_product()) == [(LANTERN, Did.CREATED), (LANTERN, Did.UPDATED)]


def test_a_request_that_takes_a_product_over_has_the_outcome() -> None:
    world = World()
    world.ask(a_product(), job=JOB)
    assert pushed(world, a_product(), job=NEWER) == [(LANTERN, Did.CREATED)]
    assert outcomes(world, JOB) == []


def test_a_push_that_an_unlink_overtakes_says_so() -> None:
    world = World()
    world.linked(a_product())
    world.ask(a_product(version=2, name="Other"), job=JOB)
    unlink = LinkEvent("u", STORE, LinkRequestKind.UNLINK, ((LANTERN, None),), job=NEWER)
    world.link_requests.put(unlink.requests(count()))
    world.push_until_quiet()
    assert outcomes(world) == [(LANTERN, Did.REFUSED)]
    assert "unlinked" in told(world)[0].words
    assert outcomes(world, NEWER) == [(LANTERN, Did.UNLINKED)]


def test_a_request_about_links_has_an_outcome_whatever_the_answer_is() -> None:
    world = World()
    world.linked(a_product())
    number = world.link(LANTERN).id
    pairs = ((LANTERN, number), (JUMPER, number))
    link = LinkEvent("l", STORE, LinkRequestKind.LINK, pairs, by="mina", job=JOB)
    world.link_requests.put(link.requests(count()))
    world.push_until_quiet()
    assert outcomes(world) == [(LANTERN, Did.UNCHANGED), (JUMPER, Did.REFUSED)]
    assert told(world)[1].words
    assert {line.by for line in told(world)} == {"mina"}


def test_a_request_that_bigcommerce_refuses_to_answer_has_its_outcomes() -> None:
    world = World()
    world.linked(a_product())
    number = world.link(LANTERN).id
    assert number is not None
    world.web.refuses[number] = Refused(422, "Bad price")
    assert pushed(world, a_product(version=2, name="Other")) == [(LANTERN, Did.REFUSED)]
    assert told(world)[0].call


def test_what_nobody_asked_for_is_no_outcome() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, name="Other"))
    world.push_until_quiet()
    assert [line for line in world.history.lines if line.outcome] == []
