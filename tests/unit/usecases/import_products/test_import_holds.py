"""Held: values that the POS could not take, or took shortened, stay whole in the store."""

import base64
import json
import random
from decimal import Decimal

from tests.builders import STORE
from tests.import_world import SOCK_SIZES, ImportWorld
from tillbridge.adapters.dynamodb.attributes import to_item
from tillbridge.adapters.dynamodb.link_items import link_values
from tillbridge.adapters.messages.import_bodies import MOST_BYTES, texts_of
from tillbridge.usecases.import_products.import_message import import_message


def test_a_description_the_pos_takes_shortened_stays_whole_in_the_store(
    world: ImportWorld,
) -> None:
    long = "<p>" + "word " * 20_000 + "</p>"
    lamp = world.sells("Lamp", "LMP", description=long)
    world.imports_all()
    assert len(world.in_pos(lamp).description) == 65_535
    (note,) = world.imports.outcomes[STORE, "r", lamp.id].held
    assert "description" in note
    assert "65,535" in note
    world.edits(lamp, price=Decimal(25))
    world.push_until_quiet()
    assert lamp.fields["description"] == long
    world.edits(lamp, description="Short now.")
    world.push_until_quiet()
    assert lamp.fields["description"] == "Short now."


def test_a_held_value_that_changed_in_the_pos_is_not_held_again_when_it_changes_back(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp", "LMP", description="x" * 70_000)
    world.imports_all()
    shortened = world.in_pos(lamp).description
    for text in ("Short now.", shortened):
        world.edits(lamp, description=text)
        world.push_until_quiet()
    assert lamp.fields["description"] == shortened


def test_a_gtin_with_letters_is_held_for_products_and_for_variants(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP", gtin="40063A", upc="12345")
    sizes = [SOCK_SIZES[0] | {"gtin": "ABC"}, SOCK_SIZES[1]]
    socks = world.sells("Socks", variants=sizes)
    world.imports_all()
    world.edits(lamp, price=Decimal(25))
    world.edits(socks, price=Decimal(25))
    world.push_until_quiet()
    assert (lamp.fields["gtin"], lamp.fields["upc"]) == ("40063A", "12345")
    assert next(iter(socks.variants.values())).fields["gtin"] == "ABC"
    assert any("GTIN of S" in note for note in world.imports.outcomes[STORE, "r", socks.id].held)


def test_a_description_with_pictures_inside_fits_a_message_and_stays_whole_in_the_store(
    world: ImportWorld,
) -> None:
    pictures = base64.b64encode(random.Random(4).randbytes(3_000_000)).decode()
    lamp = world.sells("Lamp", "LMP", description=pictures)
    world.ask_for()
    import_message(world.queue.waiting.popleft(), world.import_deps)
    (batch,) = world.queue.waiting
    (text,) = texts_of(batch)
    assert len(text) < MOST_BYTES
    world.import_until_quiet()
    (note,) = world.imports.outcomes[STORE, "r", lamp.id].held
    assert "4,000,000 characters" in note
    world.edits(lamp, price=Decimal(25))
    world.push_until_quiet()
    assert lamp.fields["description"] == pictures


def test_what_many_variants_share_is_said_in_one_note_that_fits_the_links_row(
    world: ImportWorld,
) -> None:
    sizes = [
        {
            "sku": f"R-{n}",
            "gtin": f"{n}A",
            "option_values": [{"option_display_name": "Length", "label": f"{n} m"}],
        }
        for n in range(200)
    ]
    rope = world.sells("Rope", variants=sizes, description="\u7e04" * 70_000)
    world.imports_all()
    (about, codes) = world.imports.outcomes[STORE, "r", rope.id].held
    assert "description" in about
    assert "GTIN of 0 m, 1 m, 2 m" in codes
    assert "and 190 more" in codes
    row = to_item(link_values(world.link_of(rope)))
    assert len(json.dumps(row, ensure_ascii=False).encode()) < 400 * 1_024
