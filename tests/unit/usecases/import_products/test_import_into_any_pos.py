"""What differs between one POS and another when products come in: what it takes, whether it knows a
create that comes again, and whether it takes a name twice."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_connection, a_pos_account, a_product
from tests.import_world import ImportWorld
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import PosBusy, PosDown
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.pos_account import PosKind
from tillbridge.ports.pos_catalogue import Taken
from tillbridge.usecases.import_products.import_message import import_message

FOUR = ("Size", "Colour", "Sleeve", "Cut")


def a_world(kind: PosKind, **settings: Any) -> ImportWorld:
    account = replace(a_pos_account(), kind=kind)
    return ImportWorld(a_connection(pos_account=account, settings=Settings(**settings)))


def shirts(sizes: int, options: tuple[str, ...]) -> list[Mapping[str, Any]]:
    return [
        {
            "sku": f"SH-{n}",
            "option_values": [{"option_display_name": o, "label": f"{o} {n}"} for o in options],
        }
        for n in range(sizes)
    ]


@pytest.mark.parametrize(
    ("kind", "variants", "said"),
    [
        (PosKind.CONTRACT, shirts(2, FOUR), ""),
        (PosKind.CONTRACT, shirts(201, FOUR[:1]), "201 variants; the POS takes 200"),
        (PosKind.LIGHTSPEED_X, shirts(2, FOUR[:3]), ""),
        (
            PosKind.LIGHTSPEED_X,
            shirts(2, FOUR),
            "4 options (such as size and colour); the POS takes 3",
        ),
        (PosKind.LIGHTSPEED_X, shirts(201, FOUR[:1]), "201 variants; the POS takes 200"),
    ],
)
def test_what_a_pos_cannot_hold_is_refused_in_words_before_it_is_told(
    kind: PosKind, variants: list[Mapping[str, Any]], said: str
) -> None:
    world = a_world(kind)
    shirt = world.sells("Shirt", variants=variants)
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", shirt.id]
    assert (outcome.kind == "refused") is bool(said)
    assert said in outcome.words
    assert len(world.pos.made) == (0 if said else 1)
    assert world.pos.calls["create"] == (0 if said else 1)


@pytest.mark.parametrize(
    ("kind", "price"), [(PosKind.CONTRACT, "19.9877"), (PosKind.LIGHTSPEED_X, "19.98765")]
)
def test_what_is_too_long_or_too_fine_is_cut_to_what_the_pos_takes(
    kind: PosKind, price: str
) -> None:
    world = a_world(kind)
    world.sells("Lamp", "L-1", description="x" * 70_000, price="19.987654321")
    world.imports_all()
    (made,) = world.pos.made
    assert len(made.description) == 65_535
    assert made.price == Decimal(price)


def test_a_create_says_whether_an_earlier_try_may_have_gone_through() -> None:
    world = ImportWorld()
    world.sells("Lamp", "LMP")
    world.pos.fail("create", PosDown("down"), applied=True)
    world.pos.fail("create", PosDown("down"))
    world.imports_all()
    assert world.pos.again == [False, True, True]


def test_skus_that_another_try_wrote_down_in_the_same_moment_count_as_an_earlier_try() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP")
    begin = world.imports.begin

    def second(store: Any, product: Any, skus: Any) -> tuple[str, ...]:
        begin(store, product, ["P0000AAA"])
        return begin(store, product, skus)

    world.imports.begin = second  # type: ignore[method-assign]
    world.imports_all()
    assert world.pos.again == [True]
    assert world.in_pos(lamp).sku == "P0000AAA"


def test_without_a_key_a_product_whose_answer_was_lost_is_found_and_not_made_again() -> None:
    world = ImportWorld()
    world.pos.knows_no_key = world.pos.names_once = True
    lamp = world.sells("Lamp", "LMP")
    world.pos.fail("create", PosDown("down"), applied=True)
    world.imports_all()
    assert len(world.pos.made) == 1
    assert world.imports.kinds() == {lamp.id: "imported"}
    assert world.in_pos(lamp).product_number == "LMP"


def test_a_name_that_the_pos_takes_only_once_is_offered_as_a_link() -> None:
    world = ImportWorld(a_connection(settings=Settings(auto_link="auto")))
    world.pos.names_once = True
    world.pos.save(a_product("p-lamp", name="Lamp", sku="OTHER"))
    lamp, rug = world.sells("Lamp", "LMP"), world.sells("Rug", "RUG")
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "offered", rug.id: "imported"}
    outcome = world.imports.outcomes[STORE, "r", lamp.id]
    assert outcome.product == "p-lamp"
    assert outcome.words == (
        "The POS already has a product named 'Lamp' (product p-lamp), and takes each name once. If it is "
        "another product, give one of the two another name and import again. "
        f"Link them: tillbridge link p-lamp {lamp.id}"
    )
    assert world.links.holders(STORE, [lamp.id]) == {}
    assert world.imports.intents(STORE, [lamp.id]) == {}


def test_a_name_that_an_earlier_try_of_the_same_product_took_is_its_own() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP")
    world.pos.fail("create", PosDown("down"), applied=True)
    world.pos.fail("create", Taken("name_taken", "p-1001"))
    world.imports_all()
    assert len(world.pos.made) == 1
    assert world.link_of(lamp).product == PosProductId("p-1001")


def test_a_name_taken_by_nobody_knows_whom_is_refused_with_what_to_do() -> None:
    world = ImportWorld()
    lamp = world.sells("Lamp", "LMP")
    world.pos.fail("create", Taken("name_taken", ""))
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", lamp.id]
    assert outcome.kind == "refused"
    assert "Give one of the two another name, then import it again." in outcome.words
    assert world.links.holders(STORE, [lamp.id]) == {}


def test_what_the_pos_put_to_a_product_that_it_had_is_not_linked_and_says_so(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp", "LMP")
    world.pos.after_create = world.pos.put_to_others.add
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", lamp.id]
    assert outcome.kind == "failed"
    assert f"tillbridge link {outcome.product} {lamp.id}" in outcome.words
    assert world.links.holders(STORE, [lamp.id]) == {}
    assert dict(world.imports.intents(STORE, [lamp.id])) == {}


def test_a_pos_whose_calls_are_spent_is_asked_again_when_the_wait_is_over(
    world: ImportWorld,
) -> None:
    shop = [world.sells(f"Lamp {n}", f"L-{n}") for n in range(30)]
    world.pos.fail("create", PosBusy("spent", 120))
    world.ask_for()
    while world.queue.waiting:
        import_message(world.queue.waiting.popleft(), world.import_deps)
    assert world.pos.calls["create"] == 1, "no other message asked"
    assert [(m.attempts, seconds > 100) for m, seconds in world.queue.delayed] == [(0, True)] * 2
    world.clock.advance(121)
    world.queue.time_passes()
    world.import_until_quiet()
    assert set(world.imports.kinds().values()) == {"imported"}
    assert len(world.pos.made) == len(shop)
