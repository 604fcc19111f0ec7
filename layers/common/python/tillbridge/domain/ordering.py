"""Swaps: names and SKUs are unique in a store, so a product must let go of one before another takes
it; a ring of takers is broken with a temporary value (docs/architecture.md, The planner)."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from tillbridge.domain.claims import Key


@dataclass(frozen=True, slots=True)
class Claim[Item: Hashable]:
    """What one update holds now and wants to hold afterwards."""

    item: Item
    holds: frozenset[Key]
    wants: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Order[Item: Hashable]:
    """The order of updates. `rank`: lower goes first, equal ranks may share a call. `releases`:
    what an item must exchange for a temporary value before rank 0."""

    rank: dict[Item, int]
    releases: dict[Item, frozenset[Key]]


def order[Item: Hashable](claims: Iterable[Claim[Item]]) -> Order[Item]:
    """Return ranks in which no update takes a key that a later one still holds."""
    listed = list(claims)
    holders: dict[Key, Item] = {}
    for claim in listed:
        for key in claim.holds - claim.wants:
            holders[key] = claim.item
    waits: dict[Item, dict[Item, set[Key]]] = {claim.item: {} for claim in listed}
    for claim in listed:
        for key in claim.wants - claim.holds:
            holder = holders.get(key)
            if holder is not None and holder != claim.item:
                waits[claim.item].setdefault(holder, set()).add(key)
    releases = _break_rings(waits)
    rank = _ranks(waits)
    if releases:
        # What has no part in a swap goes last: shoppers see a temporary value for a few calls only.
        last = max(rank.values())
        part = {item for item in waits if waits[item]}.union(releases, *waits.values())
        rank = {item: own if item in part else last for item, own in rank.items()}
    return Order(rank=rank, releases=releases)


def _break_rings[Item: Hashable](
    waits: dict[Item, dict[Item, set[Key]]],
) -> dict[Item, frozenset[Key]]:
    releases: dict[Item, frozenset[Key]] = {}
    while (ring := _ring(waits)) is not None:
        releaser, waiter = ring
        freed = frozenset(waits[waiter].pop(releaser))
        releases[releaser] = releases.get(releaser, frozenset()) | freed
    return releases


def _ring[Item: Hashable](waits: dict[Item, dict[Item, set[Key]]]) -> tuple[Item, Item] | None:
    try:
        TopologicalSorter({item: set(holders) for item, holders in waits.items()}).prepare()
    except CycleError as found:
        nodes: list[Item] = found.args[1]
        # graphlib lists the ring so that each node waits for the one before it.
        return nodes[0], nodes[1]
    return None


def _ranks[Item: Hashable](waits: dict[Item, dict[Item, set[Key]]]) -> dict[Item, int]:
    rank: dict[Item, int] = {}
    for item in TopologicalSorter({i: set(h) for i, h in waits.items()}).static_order():
        rank[item] = max((rank[holder] + 1 for holder in waits[item]), default=0)
    return rank
