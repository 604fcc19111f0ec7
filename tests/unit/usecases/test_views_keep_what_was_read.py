"""Each reader of a record writes what it knows of it, and blanks nothing that another has read."""

from tests.builders import STORE, a_jumper, a_product
from tests.knife.stories import some
from tests.world import World
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.row_composing import pos_row, web_row
from tillbridge.domain.view_rows import ViewRow
from tillbridge.domain.web_product import WebProduct, WebVariant


def test_the_variants_skus_that_a_search_looks_for_are_in_the_row() -> None:
    jumper = a_jumper()
    assert {variant.sku for variant in jumper.variants} <= set(pos_row(jumper, Settings()).skus)
    assert pos_row(a_product(sku="LAMP-1"), Settings()).skus == ("LAMP-1",)


def test_an_import_keeps_stock_and_skus_of_what_it_passes() -> None:
    sized = WebVariant(StoreVariantId(3), "LMP-S", (("Size", "S"),), level=7)
    web = WebProduct(StoreProductId(1), "Lamp", tracking="variant", level=7, variants=(sized,))
    row = web_row(web)
    assert (row.stock, row.skus) == ("7", ("LMP-S",))
    assert web_row(WebProduct(StoreProductId(2), "Tides", tracking="none")).stock == ""


def test_the_walk_before_many_creates_lists_what_is_new_and_blanks_nothing() -> None:
    world = World()
    read = world.web.seed("Anchor", "A-1")
    known = ViewRow(side="web", id=str(read.id), name="Anchor", sku="A-1", price="9", stock="4")
    world.read_model.put(STORE, [known])
    new = world.web.seed("Buoy", "B-1")
    world.ask(*some(22))
    world.push_until_quiet()
    rows = world.read_model.get(STORE, "web", [str(read.id), str(new.id)])
    assert rows[str(read.id)] == known
    assert rows[str(new.id)].name == "Buoy"
