"""What the overview and the problems of a deployment's stores are read from."""

from dataclasses import dataclass

from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.ports.call_lines import CallLines
from tillbridge.ports.clock import Clock
from tillbridge.ports.lag_hours import LagHours
from tillbridge.ports.listing import Listing
from tillbridge.ports.oversold import OversoldRows
from tillbridge.ports.store_list import StoreList


@dataclass(frozen=True, slots=True)
class Glance:
    """The ports of both use cases."""

    store_list: StoreList
    listing: Listing
    hours: LagHours
    calls: CallLines
    oversold: OversoldRows
    clock: Clock


def glance(target: Target) -> Glance:
    """Return where a deployment keeps it."""
    return Glance(
        store_list=target.store_list,
        listing=target.listing,
        hours=target.lag_hours,
        calls=target.call_lines,
        oversold=target.oversold,
        clock=SystemClock(),
    )
