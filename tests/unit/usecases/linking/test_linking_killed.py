"""Links by hand that are killed after any call of any port end in the same state."""

from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

from tests.builders import LANTERN, STORE, a_product
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.unit.usecases.import_products.test_import_killed import Killed, Port
from tests.unit.usecases.linking.linking_world import LinkingWorld
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store


def _mortal(world: LinkingWorld, left: list[int]) -> StoreWorkDeps:
    """Return dependencies that die after as many calls as `left` says."""

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    def wrap(port: Any) -> Any:
        return Port(port, count)

    linking = LinkingDeps(
        wrap(world.link_requests),
        wrap(world.replaced),
        lambda *_: wrap(FakeStoreCatalogue(world.web)),
    )
    push = replace(
        world.deps.push,
        pending=wrap(world.pending),
        links=wrap(world.links),
        read_model=wrap(world.read_model),
    )
    return replace(world.deps, push=push, linking=linking)


def _moved(most: int) -> tuple[bool, object]:
    """Give the link of a deleted product to a newcomer, and unlink another. Return whether it was
    killed, and the end state."""
    world = LinkingWorld()
    world.linked(a_product(), a_product("p-rope", name="Rope", sku="ROPE"))
    world.happens("product.saved", replace(a_product(), version=2, deleted=True))
    world.push_until_quiet()
    web = world.link(LANTERN).id
    world.pos.save(a_product("p-new", name="New lantern", sku="NEW", price=Decimal(41)))
    new, rope = PosProductId("p-new"), PosProductId("p-rope")
    orders = count()
    for number, (kind, pair) in enumerate(
        [(LinkRequestKind.LINK, (new, web)), (LinkRequestKind.UNLINK, (rope, None))]
    ):
        event = LinkEvent(f"request-{number}", STORE, kind, (pair,))
        world.link_requests.put(event.requests(orders))
    killed = False
    try:
        work_on_store(STORE, _mortal(world, [most]))
    except Killed:
        killed = True
    world.push_until_quiet()
    return killed, (
        {
            request: [answer.done for answer in world.link_requests.answers_to(request)]
            for request in world.link_requests.answered
        },
        sorted(
            (r.name, r.sku, str(r.fields["price"])) for r in world.web.records.products.values()
        ),
        world.links.holders(STORE, [StoreProductId(n) for n in world.web.records.products]),
        [row.product for row in world.pending.rows],
        world.link("p-new").content_version,
    )


def test_killed_after_every_call_in_turn_the_end_is_the_same() -> None:
    _, wanted = _moved(10_000)
    for most in range(1, 200):
        killed, found = _moved(most)
        assert found == wanted, f"killed after call {most}"
        if not killed:
            assert most > 15
            return
    raise AssertionError("two requests take over 200 calls")
