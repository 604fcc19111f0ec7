"""The rows of the views while several tasks of a slice note what they saw."""

from threading import Thread
from typing import override

from tests.builders import JUMPER, LANTERN, STORE, a_link, a_product
from tests.world import World
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS
from tillbridge.usecases.push.slice.views import WAIT_MS, SliceViews


def views_of(world: World) -> SliceViews:
    settings = world.connection.settings
    return SliceViews(STORE, settings, world.read_model, world.links, world.clock)


class LookedFor(str):
    """An id that lets another task note a record while it is looked for."""

    __slots__ = ("other", "views")
    views: SliceViews | None
    other: Thread

    @override
    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other)

    @override
    def __hash__(self) -> int:
        views, self.views = getattr(self, "views", None), None
        if views is not None:
            self.other = Thread(target=views.saw, args=(a_product(JUMPER), NO_WEB_UNITS))
            self.other.start()
            self.other.join(0.2)  # it may have to wait for us
        return str.__hash__(self)


def test_a_record_that_comes_while_rows_are_gathered_is_no_fault() -> None:
    world = World()
    views = views_of(world)
    product = LookedFor(LANTERN)
    views.saw(a_product(product), NO_WEB_UNITS)
    views.link_written(a_link(LANTERN))
    world.clock.advance(WAIT_MS / 1_000)
    product.views = views
    views.flush_done()
    product.other.join()
    views.flush()
    shown = world.read_model.get(STORE, "pos", [LANTERN, JUMPER])
    assert {PosProductId(each) for each in shown} == {LANTERN, JUMPER}
