"""Ids of our own for what people ask for: texts that sort by the time at which they were made."""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, as in a ULID: so these and those of other senders sort together."""

RANDOM_BITS = 80


def new_id(now_ms: int, random: int) -> str:
    """Return an id of 26 characters for this time (epoch ms) and this random number of RANDOM_BITS."""
    number = (now_ms << RANDOM_BITS) | (random & ((1 << RANDOM_BITS) - 1))
    return "".join(_DIGITS[(number >> shift) & 31] for shift in range(125, -1, -5))
