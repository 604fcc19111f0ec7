"""After an import, our own create causes no push, a later change does, and it replaces nothing else
in the store."""

from decimal import Decimal

from tests.import_world import SOCK_SIZES, ImportWorld


def test_the_events_of_our_own_create_push_nothing(world: ImportWorld) -> None:
    world.sells("Lamp", "LMP")
    world.sells("Socks", variants=SOCK_SIZES)
    world.ask_for()
    world.import_until_quiet()
    world.push_until_quiet()
    assert world.writes() == []
    assert world.pending.rows == []


def test_after_an_import_a_change_pushes_and_the_bigcommerce_sku_stays(world: ImportWorld) -> None:
    lamp, socks = world.sells("Lamp", "LMP-01"), world.sells("Socks", variants=SOCK_SIZES)
    world.imports_all()
    world.edits(lamp, price=Decimal(25), name="Tall Lamp")
    world.edits(socks, price=Decimal(9))
    world.push_until_quiet()
    assert (lamp.name, lamp.fields["price"], lamp.sku) == ("Tall Lamp", Decimal(25), "LMP-01")
    assert [v.sku for v in socks.variants.values()] == ["SOCK-S", "SOCK-M"]
    assert socks.sku == ""


def test_the_generated_sku_goes_up_with_the_first_change_of_a_product_that_had_none(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp")
    world.imports_all()
    assert lamp.sku == ""
    world.edits(lamp, price=Decimal(25))
    world.push_until_quiet()
    assert lamp.sku == world.in_pos(lamp).sku


def test_the_generated_sku_of_a_variant_that_had_none_goes_up_with_the_first_change(
    world: ImportWorld,
) -> None:
    socks = world.sells("Socks", variants=SOCK_SIZES)
    small, medium = socks.variants.values()
    medium.sku = ""
    world.imports_all()
    world.edits(socks, price=Decimal(9))
    world.push_until_quiet()
    assert (small.sku, medium.sku) == ("SOCK-S", world.in_pos(socks).variants[1].sku)


def test_a_change_between_our_create_and_our_link_is_pushed(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP")
    told = world.pos.after_create

    def edited_at_once(product: object) -> None:
        told(product)  # type: ignore[arg-type]
        world.pos.edit(str(product), price=Decimal(77))
        world.push_until_quiet()  # its event finds no link yet

    world.pos.after_create = edited_at_once
    world.imports_all()
    assert lamp.fields["price"] == Decimal(77)


def test_images_that_came_in_are_neither_doubled_nor_taken_away(world: ImportWorld) -> None:
    pictures = ["https://shop.example/a.jpg", f"https://shop.example/{'b' * 300}.jpg"]
    lamp = world.sells("Lamp", "LMP", images=[{"image_url": url} for url in pictures])
    before = dict(lamp.images)
    world.imports_all()
    world.edits(lamp, price=Decimal(25))
    world.push_until_quiet()
    assert lamp.images == before
    assert "add_image" not in world.writes()


def test_images_the_pos_keeps_copies_of_are_not_sent_back(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP", images=[{"image_url": "https://shop.example/a.jpg"}])
    before = dict(lamp.images)
    world.pos.keeps_images_at = "https://pos.example/"
    world.imports_all()
    assert world.in_pos(lamp).images == ("https://pos.example/1",)
    world.edits(lamp, price=Decimal(25))
    world.push_until_quiet()
    assert lamp.images == before
    world.edits(lamp, images=())
    world.push_until_quiet()
    assert lamp.images == {}
