"""What the POS says that a booking did, and which lines it speaks of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tillbridge.domain.ids import PosProductId, PosVariantId, WebLineId
from tillbridge.domain.versions import epoch_of
from tillbridge.domain.web_orders.accounts import Booking, Holder, LineAccount


@dataclass(frozen=True, slots=True)
class Effect:
    """Units that the POS has taken off, net, from `version` of the product on. A POS that cannot tell
    lines, or variants, leaves them None; then the units are the sum over all that fit."""

    product: PosProductId
    version: int
    units: int
    variant: PosVariantId | None = None
    line: WebLineId | None = None


def with_effects(
    accounts: Sequence[LineAccount], asked: Mapping[int, int], effects: Iterable[Effect]
) -> tuple[tuple[Booking, ...], ...]:
    """Return the bookings of each account after these effects. `asked`: the units that the POS was
    asked to have taken off, by the account's place."""
    bookings = [account.bookings for account in accounts]
    for effect in effects:
        for place, units in _split(accounts, asked, effect):
            bookings[place] = _added(bookings[place], Booking(effect.version, units))
    return tuple(bookings)


def speaks_of(effect: Effect, account: LineAccount) -> bool:
    """Return whether an effect says something of an account."""
    return account.holder is not None and _fits(account, account.holder, effect)


def _split(
    accounts: Sequence[LineAccount], asked: Mapping[int, int], effect: Effect
) -> Iterator[tuple[int, int]]:
    """Yield each place that an effect speaks of, and its units. A sum goes to the lines of a variant in
    line order. Of a sum over several variants, each has what was asked if the sum is what was asked;
    of any other, each is certain of no more than what the others cannot have."""
    groups: dict[Holder, list[int]] = {}
    for place, account in enumerate(accounts):
        if account.holder is not None and _fits(account, account.holder, effect):
            groups.setdefault(account.holder, []).append(place)
    wanted = {holder: sum(asked.get(p, 0) for p in places) for holder, places in groups.items()}
    most = {
        holder: sum(_most(accounts[p], asked.get(p, 0)) for p in places)
        for holder, places in groups.items()
    }
    for holder, places in groups.items():
        left = wanted[holder]
        if effect.units != sum(wanted.values()):
            left = max(0, effect.units - (sum(most.values()) - most[holder]))
        for place in places:
            units = left if place == places[-1] else min(left, asked.get(place, 0))
            left -= units
            yield place, units


def _fits(account: LineAccount, holder: Holder, effect: Effect) -> bool:
    return (
        holder.product == effect.product
        and effect.variant in (None, holder.variant)
        and effect.line in (None, account.line)
    )


def _most(account: LineAccount, asked: int) -> int:
    newest = account.bookings[-1].units if account.bookings else 0
    return max(asked, newest)


def _added(bookings: tuple[Booking, ...], new: Booking) -> tuple[Booking, ...]:
    """Return the bookings by version, with a new one unless it says what the one before says, as an
    answer does that comes twice. Of two of one version the lesser is believed."""
    before = [each for each in bookings if each.version <= new.version]
    after = [each for each in bookings if each.version > new.version]
    if before and before[-1].version == new.version:
        new = Booking(new.version, min(new.units, before.pop().units))
    if before and before[-1].units == new.units and _same_epoch(before[-1], new):
        return (*before, *after)
    return (*before, new, *after)


def _same_epoch(one: Booking, other: Booking) -> bool:
    return epoch_of(one.version) == epoch_of(other.version)
