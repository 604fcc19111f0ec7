"""A shop whose vendor behaves badly, and what its mirror and its stores must know in the end."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from tests.fakes.polled_source import FakeVendor
from tests.poll_world import STORES, PollWorld
from tillbridge.domain.ids import MemberId, PosProductId

MEMBERS = [f"m-{number}" for number in range(12)]
LATE_POLLS = 4
"""So many polls later at most a change can be read that was committed late: within the overlap."""


def one_change(vendor: FakeVendor, dice: Random) -> int:
    """Change something in the shop; return its version."""
    member = dice.choice(MEMBERS)
    row = vendor.rows.get(MemberId(member))
    match dice.randrange(6):
        case 0 | 1 if row is not None:
            return vendor.level(member, dice.randrange(50), dice.choice(("o-1", "o-2")))
        case 2 if row is not None and not row.deleted:
            return vendor.delete(member)
        case _:
            return _saved(vendor, member, dice)


def _saved(vendor: FakeVendor, member: str, dice: Random) -> int:
    # The first three lead, the others may stand below one of them, or move to another.
    parent = dice.choice([None, *MEMBERS[:3]]) if member not in MEMBERS[:3] else None
    options = (("Size", member),)
    return vendor.save(member, parent, price=Decimal(dice.randrange(1, 99)), options=options)


def a_day(world: PollWorld, dice: Random, changes: int) -> Iterator[None]:
    """Change things, some of them late, and yield when it is time to poll."""
    late: dict[int, int] = {}
    for _ in range(changes):
        version = one_change(world.vendor, dice)
        if dice.random() < 0.2:
            late[version] = dice.randrange(1, LATE_POLLS + 1)
        if dice.random() < 0.25:
            world.vendor.hidden = {version for version, polls in late.items() if polls > 0}
            yield
            late = {version: polls - 1 for version, polls in late.items()}
    world.vendor.hidden.clear()
    for _ in range(6):  # an overlap among them
        yield


def shown(world: PollWorld) -> dict[MemberId, tuple[PosProductId, Decimal | None, object]]:
    """Return each living member as the mirror has it: its family, price and levels."""
    found: dict[MemberId, tuple[PosProductId, Decimal | None, object]] = {}
    for kept in world.families.values():
        for member, item in kept.family.items.items():
            if item.deleted:
                continue
            assert member not in found, f"{member} lives in two families"
            levels = {
                outlet: level.on_hand
                for (of, outlet), level in kept.family.levels.items()
                if of == member
            }
            found[member] = (kept.family.id, item.fields.price, levels)
    return found


def check(world: PollWorld) -> None:
    """Check that the mirror is as the vendor, that families are whole, and that each store was told the newest of each."""
    vendor, mirrored = world.vendor, shown(world)
    living = {member: row for member, row in vendor.rows.items() if not row.deleted}
    assert mirrored.keys() == living.keys()
    for member, row in living.items():
        levels = {
            outlet: each.on_hand for (of, outlet), each in vendor.stock.items() if of == member
        }
        assert mirrored[member][1:] == (row.fields.price, levels), member
        if row.parent in living:
            assert mirrored[member][0] == mirrored[row.parent][0], member
    for store in STORES:
        told: dict[PosProductId, int] = defaultdict(int)
        for news in world.bus.told:
            if news.store == store:
                for product, version in news.products:
                    told[product] = max(told[product], version)
        newest = {
            each.family.id: each.version
            for each in world.families.values()
            if told[each.family.id] or not all(i.deleted for i in each.family.items.values())
        }
        assert newest == {product: told[product] for product in newest}
