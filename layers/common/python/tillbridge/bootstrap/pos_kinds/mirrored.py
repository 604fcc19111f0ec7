"""What all kinds of POS have in common that are polled: pushes and reconcile read their mirror, and none of them books
web orders."""

from collections.abc import Callable

from tillbridge.bootstrap.pos_openers import Mirroring, Opener, Reach, out_of_reach
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import PosFeed
from tillbridge.ports.pos_web_orders import PosWebOrders


def mirrored[Port](opened: Callable[[Reach, Mirroring], Port]) -> Opener[Port]:
    """Return the opener of a port that is answered from a mirror; without one its calls are refused, for the stack
    was deployed without what polls a POS."""

    def opener(reach: Reach) -> Port:
        if reach.mirroring is None:
            refused: Port = out_of_reach(reach.account.kind)()
            return refused
        return opened(reach, reach.mirroring)

    return opener


@mirrored
def pos_of_mirror(reach: Reach, mirroring: Mirroring) -> Pos:
    """Return the POS as its mirror has it."""
    from tillbridge.adapters.pos_mirror.pos import MirrorPos

    return MirrorPos(mirroring.reads(reach.account), reach.account.key)


@mirrored
def feed_of_mirror(reach: Reach, mirroring: Mirroring) -> PosFeed:
    """Return the changes of a POS in the order in which its mirror learnt of them."""
    from tillbridge.adapters.pos_mirror.pos import MirrorFeed

    return MirrorFeed(mirroring.reads(reach.account), reach.account.key)


def no_web_orders(_: Reach) -> PosWebOrders:
    """Return the booking of web orders by a POS that has none."""
    from tillbridge.adapters.pos_mirror.no_web_orders import NoWebOrders

    return NoWebOrders()
