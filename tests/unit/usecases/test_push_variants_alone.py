"""SKU, GTIN and MPN of a variant that exists: no batch changes them, so each change goes in a call
of its own, and only when it must."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest

from tests.builders import JUMPER, a_connection, a_jumper, a_variant
from tests.fakes.store_records import ProductRecord
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.mapping import Json
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebVariant

BATCH, ONE, LIST = "update_variants", "update_variant", "variants"


def online(world: World) -> ProductRecord:
    link = world.link(JUMPER)
    assert link.id is not None
    return world.web[link.id]


def sized(*names: str, version: int = 2, **fields: str) -> Product:
    variants = tuple(
        a_variant(name, **{k: f"{v}-{name}" for k, v in fields.items()}) for name in names
    )
    return a_jumper(variants=variants, version=version)


def calls_of(world: World, product: Product) -> Counter[str]:
    """Save the product, drain, and return the calls this cost by method."""
    world.web.log.clear()
    world.happens("product.saved", product)
    world.push_until_quiet()
    return spent(world)


def spent(world: World) -> Counter[str]:
    """Return the calls so far, by method."""
    return Counter(called.method for called in world.web.log)


@pytest.mark.parametrize("field", ["sku", "mpn"])
def test_a_change_goes_by_one_call_and_unchanged_ones_by_none(field: str) -> None:
    world = World()
    world.linked(a_jumper())
    assert calls_of(world, a_jumper(version=2, name="New name"))[ONE] == 0
    changed = replace(a_jumper().variants[0], **{field: "NEW-1"})  # type: ignore[arg-type]
    cost = calls_of(world, a_jumper(variants=(changed, a_jumper().variants[1]), version=3))
    assert (cost[BATCH], cost[ONE], cost[LIST]) == (1, 1, 0)
    values = {v.fields.get(field, v.sku) for v in online(world).variants.values()}
    assert "NEW-1" in values


def test_many_changes_are_read_first_and_what_is_there_already_costs_nothing() -> None:
    world = World()
    world.linked(sized("S", "M", "L", "XL", version=1))
    there = next(iter(online(world).variants.values()))
    there.fields["mpn"] = "A-S"
    cost = calls_of(world, sized("S", "M", "L", "XL", mpn="A"))
    assert (cost[LIST], cost[ONE]) == (1, 3)
    assert {v.fields["mpn"] for v in online(world).variants.values()} == {
        "A-S", "A-M", "A-L", "A-XL",
    }  # fmt: skip


def test_trouble_between_two_calls_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    world.linked(sized("S", "M", "L", "XL", version=1))
    world.happens("product.saved", sized("S", "M", "L", "XL", mpn="A"))
    send, taken = world.web.update_variant, count(1)

    def third_fails(product: StoreProductId, variant: StoreVariantId, values: Json) -> WebVariant:
        if next(taken) == 3:
            raise StoreDown("down")
        return send(product, variant, values)

    monkeypatch.setattr(world.web, "update_variant", third_fails)
    world.push_until_quiet()
    assert spent(world)[ONE] == 4, "what went before the trouble is not sent again"
    assert next(taken) == 4 + 2
    assert {v.fields["mpn"] for v in online(world).variants.values()} == {
        "A-S", "A-M", "A-L", "A-XL",
    }  # fmt: skip


def test_what_web_staff_changed_is_put_right_when_a_person_pushes() -> None:
    world = World()
    world.linked(sized("S", "M", version=1, mpn="A"))
    there = next(iter(online(world).variants.values()))
    there.fields["mpn"] = "theirs"
    world.web.log.clear()
    world.ask(sized("S", "M", version=1, mpn="A"))
    world.push_until_quiet()
    assert {v.fields["mpn"] for v in online(world).variants.values()} == {"A-S", "A-M"}
    assert spent(world)[ONE] == 1


def test_one_that_is_refused_says_why_and_its_neighbours_go() -> None:
    world = World()
    world.linked(a_jumper())
    world.web.fail_next(ONE, Refused(422, "invalid", {"mpn": "is odd"}))
    world.happens("product.saved", sized("S", "M", mpn="A"))
    world.push_until_quiet()
    link = world.link(JUMPER)
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert "mpn: is odd" in link.problem.words


def test_when_changed_sends_nothing_of_what_is_as_it_was() -> None:
    world = World(a_connection(settings=Settings(push_content=PushContent.WHEN_CHANGED)))
    world.linked(sized("S", "M", version=1, mpn="A"))
    cost = calls_of(world, sized("S", "M", version=2, mpn="A"))
    assert (cost[BATCH], cost[ONE], cost[LIST]) == (0, 0, 0)


def test_new_variants_have_their_part_number_too() -> None:
    world = World()
    world.linked(sized("S", version=1, mpn="A"))
    calls_of(world, sized("S", "M", mpn="A"))
    assert {v.fields.get("mpn") for v in online(world).variants.values()} == {"A-S", "A-M"}


def test_no_cost_of_a_variant_is_sent_as_zero() -> None:
    world = World()
    world.linked(a_jumper())
    calls_of(world, a_jumper(version=2))
    assert {v.fields["cost_price"] for v in online(world).variants.values()} == {0}
