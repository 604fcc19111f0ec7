"""The keys of the mirror: an account is a partition."""

from tillbridge.adapters.dynamodb.keys import MIRROR_STATE, Key, key, mirror_state
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId

FAMILY = "f#"
MEMBER = "m#"
NOTE = "w#"
STATE = MIRROR_STATE
"""What the sort keys of families, of members and of notes of walks begin with; the sort key of how far an account was polled."""

BY_VERSION = "by-version"
BY_NAME = "by-name"
"""The indexes: families by minted version, and those that have a living member by name."""


def family(account: PosAccountKey, product: PosProductId) -> Key:
    """Return the key of a family."""
    return key(account, f"{FAMILY}{product}")


def product_of(sort_key: str) -> PosProductId:
    """Return the product of a family's sort key."""
    return PosProductId(sort_key.removeprefix(FAMILY))


def member(account: PosAccountKey, of: MemberId) -> Key:
    """Return the key of a row of the index of members."""
    return key(account, f"{MEMBER}{of}")


def member_of(sort_key: str) -> MemberId:
    """Return the member of such a key."""
    return MemberId(sort_key.removeprefix(MEMBER))


def state(account: PosAccountKey) -> Key:
    """Return the key of how far an account was polled."""
    return mirror_state(account)


def notes(walk: int) -> str:
    """Return what the sort keys of a walk's notes begin with; they are in the order of the walks' numbers."""
    return f"{NOTE}{walk:010d}#"


def note(account: PosAccountKey, walk: int, page: int) -> Key:
    """Return the key of the note of which members a page of a walk listed."""
    return key(account, f"{notes(walk)}{page:020d}")
