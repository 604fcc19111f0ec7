"""Reading new products back through the mirror of their account, once for all of a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.adapters.lightspeed_x.made import MadeProduct
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.ids import MemberId, PosAccountKey
from tillbridge.domain.new_product import ADOPTED, CreatedRecord
from tillbridge.domain.product import Product
from tillbridge.ports.clock import Clock
from tillbridge.ports.pokes import Pokes
from tillbridge.ports.pos_catalogue import ReadBack
from tillbridge.ports.pos_mirror import MirrorReads

SHOWN_WITHIN_MS = 10_000
"""So long is waited for a poll to bring what was created. Later it is found by its SKU, by another message."""

LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The mirror of an account, and what asks its poll to come. Reads of imports end by `deadline_ms` (epoch ms)."""

    account: PosAccountKey
    reads: MirrorReads
    pokes: Pokes
    clock: Clock
    deadline_ms: int


def read_back(
    mirrored: Mirrored, made: Sequence[CreatedRecord], known: Mapping[str, MadeProduct]
) -> Mapping[str, ReadBack]:
    """Have the POS polled, wait until the mirror has all of them, ten seconds at most, and return those that it has.
    `known`: what was made, by the ids of `made`."""
    shown, clock = _shown(mirrored, made, known), mirrored.clock
    if len(shown) < len(made):
        mirrored.pokes.poke(mirrored.account)
    until = min(clock.now_ms() + SHOWN_WITHIN_MS, mirrored.deadline_ms)
    while len(shown) < len(made) and clock.now_ms() + LOOK_S * 1_000 < until:
        clock.sleep(LOOK_S)
        shown = _shown(mirrored, made, known)
    return shown


def _shown(
    mirrored: Mirrored, made: Sequence[CreatedRecord], known: Mapping[str, MadeProduct]
) -> Mapping[str, ReadBack]:
    """Return those of which the mirror has all members that we know."""
    reads, account = mirrored.reads, mirrored.account
    wanted = {each.id: known.get(each.id) or _of_one(each.id) for each in made}
    families = reads.families_of(account, {m for each in wanted.values() for m in each.members})
    placed = {
        name: families[MemberId(next(iter(each.members)))]
        for name, each in wanted.items()
        if each.members <= families.keys()
    }
    kept = reads.read(account, set(placed.values()))
    records = reads.products(account, list(kept))
    return {
        name: _as_created(records[family], kept[family], wanted[name])
        for name, family in placed.items()
        if family in records
    }


def _as_created(record: Product, kept: KeptFamily, made: MadeProduct) -> ReadBack:
    living = [part for part in kept.family.items.values() if not part.deleted]
    untouched = kept.version == record.version and all(part.untouched for part in living)
    others = made.whole and any(part.member not in made.members for part in living)
    return ReadBack(record, record.version if untouched else ADOPTED, with_others=others)


def _of_one(member: str) -> MadeProduct:
    return MadeProduct(member, frozenset({MemberId(member)}))
