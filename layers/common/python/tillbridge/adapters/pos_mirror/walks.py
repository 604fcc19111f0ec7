"""What a whole walk has seen: a note for each page, with eight bytes a member.

Two members in 2^64 have the same eight bytes. The absence of one of them would go unnoticed, which harms less than a
list of ids that takes a hundred megabytes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b

from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.bulk import READ_BATCH
from tillbridge.adapters.pos_mirror import keys
from tillbridge.domain.ids import MemberId, PosProductId

_BYTES = 8


def noted(members: Collection[MemberId]) -> bytes:
    """Return these members as a note holds them."""
    return b"".join(sorted({_digest(each) for each in members}))


def seen_in(notes: Iterable[Item]) -> frozenset[bytes]:
    """Return what the notes of a walk hold."""
    bodies = (bytes(item["seen"]["B"]) for item in notes)
    return frozenset(
        body[at : at + _BYTES] for body in bodies for at in range(0, len(body), _BYTES)
    )


def unseen_among(
    members: Iterable[Item], seen: Collection[bytes]
) -> Iterator[Mapping[MemberId, PosProductId]]:
    """Yield the members of the index that were not seen, with their families, up to 100 at a time."""
    some: dict[MemberId, PosProductId] = {}
    for item in members:
        member = keys.member_of(item["sk"]["S"])
        if _digest(member) in seen:
            continue
        some[member] = PosProductId(item["family"]["S"])
        if len(some) == READ_BATCH:
            yield some
            some = {}
    if some:
        yield some


def _digest(member: MemberId) -> bytes:
    return blake2b(member.encode(errors="surrogatepass"), digest_size=_BYTES).digest()
