"""An import into a vendor's POS from end to end: a simulated X-Series, its mirror, and the pushes that follow."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE
from tests.import_world import SOCK_SIZES
from tests.lightspeed_imports import Killed, Pokes, dies_after
from tests.mirrored import ACCOUNT
from tests.poll_world import PollWorld
from tests.x_series_imports import XSeriesImports
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.poll_pos.poll_account import poll_account


@pytest.fixture
def world() -> XSeriesImports:
    return XSeriesImports()


def three_products() -> XSeriesImports:
    world = XSeriesImports()
    world.sells(
        "Lamp", "LMP-01", category="Lighting", brand_name="Oak", inventory_tracking="product"
    )
    world.sells("Gift", "GIFT", category="Lighting", inventory_tracking="none")
    world.sells("Socks", variants=SOCK_SIZES, category="Clothes")
    return world


def _run(world: XSeriesImports, most: int) -> bool:
    """Import with a cold function that is killed after `most` vendor calls, and return whether it was."""
    deps = world.deps_with(lambda port: port, dies_after(most))
    while world.queue.waiting:
        try:
            import_message(world.queue.waiting[0], deps)
        except Killed:
            return True
        world.queue.waiting.popleft()
        if not world.queue.waiting:
            world.queue.time_passes()
    return False


def state(world: XSeriesImports) -> object:
    webs = list(world.web.records.products)
    links = [world.link(product) for product in world.links.holders(STORE, webs).values()]
    return (
        world.made(),
        world.imports.kinds(),
        sorted((link.name, link.status, link.id, len(link.variants)) for link in links),
        dict(world.imports.intents(STORE, webs)),
    )


def test_killed_after_every_vendor_call_nothing_comes_in_twice_and_nothing_is_lost() -> None:
    whole = three_products()
    whole.ask_for()
    assert not _run(whole, 0)
    wanted = state(whole)
    assert len(whole.made()) == 3
    for most in range(1, 40):
        world = three_products()
        world.ask_for()
        killed = _run(world, most)
        assert not _run(world, 0)
        world.push_until_quiet()
        assert state(world) == wanted, f"killed after call {most}"
        assert set(world.imports.kinds().values()) == {"imported"}
        if not killed:
            assert most > 9
            return
    raise AssertionError("an import of three products takes over 40 calls")


def test_what_was_imported_is_pushed_once_at_most_and_changes_nothing(
    world: XSeriesImports,
) -> None:
    lamp = world.sells("Lamp", "LMP-01", category="Lighting", brand_name="Oak")
    before = dict(world.web.records.products[lamp.id].fields)
    world.ask_for()
    world.import_until_quiet()
    world.push_until_quiet()
    world.lab.polls()
    world.push_until_quiet()
    assert dict(world.web.records.products[lamp.id].fields) == before
    assert world.link_of(lamp).product == world.in_mirror("Lamp").id


def test_an_edit_in_x_series_after_an_import_goes_online(world: XSeriesImports) -> None:
    lamp = world.sells("Lamp", "LMP-01", category="Lighting", price="19.99")
    world.ask_for()
    world.import_until_quiet()
    world.push_until_quiet()
    (made,) = world.lab.cloud.catalogue.live()
    world.lab.cloud.save_product(made.id, price="25.00")
    world.lab.polls()
    world.push_until_quiet()
    fields = world.web.records.products[lamp.id].fields
    assert (fields["price"], fields["sku"]) == (Decimal(25), "LMP-01")


def test_the_calls_of_a_message_of_25_products_are_a_create_each_and_one_for_each_new_name(
    world: XSeriesImports,
) -> None:
    for n in range(25):
        world.sells(
            f"Lamp {n}",
            f"L-{n}",
            category=f"Department {n % 4}",
            brand_name=f"Brand {n % 3}",
            inventory_tracking="product",
        )
    world.ask_for()
    world.lab.asked()
    world.import_until_quiet()
    assert set(world.imports.kinds().values()) == {"imported"}
    counted = {k: n for k, n in world.lab.asked().items() if k != "POST /inventory"}
    polls = counted.pop("GET /products")
    lists = {path: counted.pop(path) for path in list(counted) if path.startswith("GET")}
    assert counted == {
        "POST /products": 25,
        "POST /product_categories/bulk": 4,
        "POST /suppliers": 1,
        "POST /brands": 3,
    }
    # Each list is read once, before the first name of its kind.
    assert lists == {"GET /product_categories": 1, "GET /suppliers": 1, "GET /brands": 1}
    assert polls <= 2
    assert world.lab.pokes.count == 1


@pytest.mark.parametrize("what", ["variants", "options"])
def test_what_is_over_the_limits_of_x_series_is_refused_before_any_call(
    world: XSeriesImports, what: str
) -> None:
    names = ["Size", "Colour", "Fit", "Cloth"] if what == "options" else ["Size"]
    count = 2 if what == "options" else 201
    variants = [
        {
            "sku": f"S-{n}",
            "option_values": [
                {"option_display_name": name, "label": f"{name} {n}"} for name in names
            ],
        }
        for n in range(count)
    ]
    socks = world.sells("Socks", variants=variants)
    world.lab.asked()
    world.ask_for()
    world.import_until_quiet()
    outcome = world.imports.outcomes[STORE, "r", socks.id]
    assert outcome.kind == "refused"
    assert "Split it into several products" in outcome.words or "200" in outcome.words
    assert world.lab.asked() == {}


def test_a_name_that_x_series_has_is_offered_as_a_link(world: XSeriesImports) -> None:
    world.lab.cloud.save_product("p-1", name="Lamp", sku="OTHER", price="5.00")
    world.lab.polls()
    lamp = world.sells("lamp", "LMP-01")
    world.ask_for()
    world.import_until_quiet()
    outcome = world.imports.outcomes[STORE, "r", lamp.id]
    holder = world.lab.member("p-1")
    assert outcome.kind == "offered"
    assert f"tillbridge link {holder} {lamp.id}" in outcome.words
    assert len(world.made()) == 1
    assert world.links.holders(STORE, [lamp.id]) == {}


def test_a_generated_sku_that_is_taken_gives_way_to_another(world: XSeriesImports) -> None:
    lamp = world.sells("Lamp", "LMP-01")
    world.imports_all()
    first = world.lab.cloud.catalogue.live()[0].sku
    world.lab.cloud.delete_product(world.lab.cloud.catalogue.live()[0].id)
    fresh = XSeriesImports()
    fresh.lab.cloud.save_product("p-1", name="Other", sku=first, price="5.00")  # not polled yet
    again = fresh.sells("Lamp", "LMP-01")
    fresh.imports_all()
    assert fresh.imports.kinds() == {again.id: "imported"}
    assert [name for name, _ in fresh.made()] == ["Lamp", "Other"]
    assert lamp.id == again.id


def test_an_import_waits_for_its_share_of_the_quota_as_often_as_it_takes() -> None:
    world = XSeriesImports()
    for n in range(60):
        world.sells(f"Lamp {n}", f"L-{n}")
    world.ask_for()
    windows = 0
    while world.queue.waiting or world.queue.delayed:
        world.lab.control.spend(205)
        while world.queue.waiting:
            import_message(world.queue.waiting.popleft(), world.import_deps)
        waits = [seconds for _, seconds in world.queue.delayed]
        if waits:
            windows += 1
            assert all(0 < seconds <= 300 for seconds in waits)
            assert all(message.attempts == 0 for message, _ in world.queue.delayed)
            world.clock.advance(max(waits) + 1)
            world.lab.account.calls.clear()
            world.queue.time_passes()
        assert windows < 60
    assert windows > 10, "more than the ten tries after which a message gives up"
    assert set(world.imports.kinds().values()) == {"imported"}
    assert len(world.made()) == 60


def test_a_pos_that_shows_a_product_late_has_it_found_by_its_sku_and_linked(
    world: XSeriesImports,
) -> None:
    world.lab.pokes.delay_s = None
    lamp = world.sells("Lamp", "LMP-01")
    world.ask_for()
    while world.queue.waiting:
        import_message(world.queue.waiting.popleft(), world.import_deps)
    assert len(world.queue.delayed) == 1
    assert world.links.holders(STORE, [lamp.id]) == {lamp.id: IMPORTING}
    world.lab.polls()
    world.import_until_quiet()
    assert world.imports.kinds() == {lamp.id: "imported"}
    assert len(world.made()) == 1


def test_a_dead_token_keeps_the_import_until_the_pos_is_connected_again(
    world: XSeriesImports,
) -> None:
    lamp = world.sells("Lamp", "LMP-01")
    at = world.lab.mirror.state(ACCOUNT)
    dead = world.lab.mirror.keep_state(
        ACCOUNT, replace(at, trouble="pos_token_dead", words="Connect it again.")
    )
    world.ask_for()
    while world.queue.waiting:
        import_message(world.queue.waiting.popleft(), world.import_deps)
    assert len(world.queue.delayed) == 1
    assert world.made() == []
    world.lab.mirror.keep_state(ACCOUNT, replace(dead, trouble="", words=""))
    world.import_until_quiet()
    assert world.imports.kinds() == {StoreProductId(lamp.id): "imported"}


def test_a_level_of_nothing_that_comes_with_a_new_product_does_not_sell_it_out_online(
    world: XSeriesImports,
) -> None:
    lamp = world.sells("Lamp", "LMP-01", inventory_tracking="product", inventory_level=7)

    def a_row_of_its_own() -> None:
        for each in world.lab.cloud.catalogue.live():
            if not each.stock:
                world.lab.cloud.save_product(each.id, stock={"o-main": "0"})

    deps = world.deps_with(lambda port: port, a_row_of_its_own)
    world.ask_for()
    while world.queue.waiting:
        import_message(world.queue.waiting.popleft(), deps)
    world.push_until_quiet()
    world.lab.polls()
    world.push_until_quiet()
    assert world.in_mirror("Lamp").stock[0].on_hand == 0
    assert world.web.records.products[lamp.id].fields["inventory_level"] == 7


def test_rows_of_nothing_that_x_series_makes_for_an_import_are_no_change_of_stock_and_a_count_is(
    world: XSeriesImports,
) -> None:
    lamp = world.sells("Lamp", "LMP-01", inventory_tracking="product", inventory_level=7)
    polls = PollWorld(mirror=world.lab.mirror, clock=world.lab.clock)
    polls.accounts.accounts[ACCOUNT] = world.connection.pos_account
    polls.accounts.stores[ACCOUNT] = [STORE]
    polls.grants.kept[ACCOUNT] = PosGrant("made by a person")
    deps = polls.deps(open_source=lambda account, deadline_ms: world.lab.source())

    def poll() -> None:
        world.clock.advance(60)
        poll_account(ACCOUNT, deps)

    world.lab.pokes = Pokes(poll, world.clock)
    for name in ("one", "two"):
        world.lab.cloud.save_product(f"p-{name}", name=name, sku=name, price="1.00")
    poll()
    polls.forget()
    vase = {"product_id": "p-vase", "name": "Vase", "sku": "V", "price": "1.00"}
    world.lab.control.after("POST /inventory", "save_product", vase)  # its levels come a poll later
    world.imports_all()
    poll()
    assert [level.on_hand for level in world.in_mirror("Vase").stock] == [0, 0]
    assert {each.type for each in polls.bus.told} == {"product.saved"}
    world.says_saved(world.in_mirror("Lamp"))
    world.push_until_quiet()
    assert world.web.records.products[lamp.id].fields["inventory_level"] == 7
    made = next(each for each in world.lab.cloud.catalogue.live() if each.name == "Lamp")
    world.lab.cloud.save_product(made.id, stock={"o-main": "3"})
    poll()
    assert "stock.changed" in {each.type for each in polls.bus.told}
