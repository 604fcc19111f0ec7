"""Versions: the POS's own number, within an epoch of its account.

A POS that was restored from a backup counts again from an older number. Adopting it begins the next
epoch, and every version of a later epoch is above every one of an earlier. Both are stored as one
number, so that `<` stays the only comparison anywhere."""

HIGHEST_NUMBER = 2**63 - 1
"""Numbers are signed 64-bit integers, from 0 (contracts/events)."""

EPOCH = 10**19
"""What one epoch adds. It is above every number, and a power of ten so that a person who must can
read both parts in a stored version."""


def version_of(epoch: int, number: int) -> int:
    """Return the version that the POS's number is in this epoch. Raise ValueError for a number that
    no POS may send."""
    if not 0 <= number <= HIGHEST_NUMBER:
        raise ValueError("a version is a whole number from 0 to 2^63 - 1")
    return epoch * EPOCH + number


def epoch_of(version: int) -> int:
    """Return the epoch of a version; that of -1, which stands for no version, is 0."""
    return max(0, version) // EPOCH


def number_of(version: int) -> int:
    """Return the POS's own number of a version: what people and the POS are shown."""
    return version % EPOCH if version >= 0 else version


def cursor_in(version: int, epoch: int) -> int:
    """Return from which of the POS's numbers its changes are read on: the version's own, or 0 when it
    is of another epoch, whose numbers say nothing in this one."""
    return number_of(version) if epoch_of(version) == epoch else 0
