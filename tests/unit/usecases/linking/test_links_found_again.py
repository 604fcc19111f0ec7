"""The table of links is lost: SKUs find the links again, and nothing is made twice online."""

from itertools import batched

from tests.builders import STORE, a_link, a_product, a_web_product, an_intent
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.unit.usecases.linking.linking_world import LinkingWorld
from tillbridge.domain.generated_skus import FIRST, sku_of
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.lost_links import Rebuild, rebuild
from tillbridge.domain.web_product import WebProduct

MANY = 500
GENERATED = next(filter(None, map(sku_of, range(FIRST, FIRST + 99))))


def online(world: LinkingWorld) -> list[WebProduct]:
    found, after, more = list[WebProduct](), 0, True
    catalogue = FakeStoreCatalogue(world.web)
    while more:
        page = catalogue.page(Ask(), after)
        found += page.products
        after, more = page.last, page.more
    return found


def found_again(world: LinkingWorld) -> Rebuild:
    links = world.links.get(STORE, list(world.pos.records)).values()
    return rebuild(links, list(world.pos.records.values()), online(world), set())


def links_are_lost(world: LinkingWorld) -> None:
    world.links.forget_all()


def relinked(world: LinkingWorld, plan: Rebuild) -> list[bool]:
    pairs = [(each.record.id, each.web.id) for each in plan.by_sku.candidates]
    answers = [
        answer
        for some in batched(pairs, 200, strict=False)
        for answer in world.people_ask(LinkRequestKind.LINK, *some)
    ]
    return [answer.done for answer in answers]


def test_500_products_are_linked_again_and_pushed_and_none_is_created(world: LinkingWorld) -> None:
    shop = [
        a_product(f"p-{n}", name=f"Lamp {n}", sku=f"LAMP-{n}", product_number="")
        for n in range(MANY)
    ]
    world.ask(*shop)
    world.push_until_quiet()
    before = {record.id: world.link(record.id).id for record in shop}
    links_are_lost(world)
    plan = found_again(world)
    assert (plan.linked, len(plan.by_sku.candidates)) == (0, MANY)
    assert all(relinked(world, plan))
    made = len(world.web.records.products)
    world.ask(*shop)
    world.push_until_quiet()
    assert len(world.web.records.products) == made == MANY
    assert {record.id: world.link(record.id).id for record in shop} == before
    assert found_again(world).linked == MANY


def test_what_came_in_from_bigcommerce_keeps_its_sku_online(world: LinkingWorld) -> None:
    web = world.web.seed("Lamp", "WEB-1").id
    world.pos.save(a_product(name="Lamp", sku=GENERATED, product_number="WEB-1"))
    assert relinked(world, found_again(world)) == [True]
    assert world.web[web].sku == "WEB-1"


def test_a_create_whose_reply_was_lost_is_found_and_not_made_again(world: LinkingWorld) -> None:
    world.web.seed("Storm Lantern", "STORM-LANTERN")
    world.pos.save(a_product())
    world.links.begin(STORE, an_intent())
    assert "is being created" in found_again(world).under_way[0], "its push adopts it"
    links_are_lost(world)
    assert relinked(world, found_again(world)) == [True]
    assert len(world.web.records.products) == 1


def test_what_several_share_is_left_to_a_person_and_an_import_under_way_to_the_import() -> None:
    twins = [a_product("p-1", name="A", sku="TWIN"), a_product("p-2", name="B", sku="twin")]
    gone = a_link("p-gone", id=StoreProductId(9))
    webs = [
        a_web_product(1, "A", sku="TWIN"),
        a_web_product(2, "C", sku="LAMP"),
        a_web_product(3, "D", sku="COMES"),
    ]
    lamps = [a_product("p-3", name="X", sku="LAMP"), a_product("p-4", name="Y", sku="COMES")]
    plan = rebuild([gone], [*twins, *lamps], webs, {StoreProductId(3)})
    assert [each.record.id for each in plan.by_sku.candidates] == ["p-3"]
    assert "2 POS products and 1 BigCommerce product share the SKU" in plan.by_sku.unsure[0].words
    assert plan.under_way == ("#3 is being imported. Finish that: tillbridge import --id 3",)
    assert (plan.gone, plan.only_pos, plan.only_web) == (1, 1, 0)
