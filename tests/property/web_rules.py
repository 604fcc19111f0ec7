"""The rule of web units as the machine calls it, and ways to break it that must not pass."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.product import Product
from tillbridge.domain.versions import EPOCH, epoch_of
from tillbridge.domain.web_orders import booking, looking
from tillbridge.domain.web_orders.accounts import (
    Booking,
    LineAccount,
    WebUnits,
    booked,
    web_units,
)
from tillbridge.domain.web_orders.entry import BOOKING_PATIENCE_MS, OrderEntry
from tillbridge.domain.web_orders.looking import AfterLook, Looked, LowLook


def _kept(entry: OrderEntry, now_ms: int) -> OrderEntry | None:
    return entry


@dataclass(frozen=True)
class Rules:
    """What the machine asks of the domain."""

    web_units: Callable[[Product, Sequence[LineAccount]], WebUnits] = web_units
    ask: Callable[[OrderEntry, int], OrderEntry] = booking.ask
    after_look: Callable[[Looked, LowLook | None], AfterLook] = looking.after_look
    after_a_wait: Callable[[OrderEntry, int], OrderEntry | None] = _kept


def _with_bookings(
    of: Callable[[LineAccount, int], tuple[Booking, ...]],
) -> Callable[[Product, Sequence[LineAccount]], WebUnits]:
    def found(record: Product, accounts: Sequence[LineAccount]) -> WebUnits:
        changed = [replace(a, bookings=of(a, record.version)) for a in accounts]
        return web_units(record, changed)

    return found


def _ended_on_answer(account: LineAccount, version: int) -> tuple[Booking, ...]:
    newest = account.bookings[-1:]
    return tuple(replace(each, version=version) for each in newest)


def _of_any_epoch(account: LineAccount, version: int) -> tuple[Booking, ...]:
    epoch = epoch_of(version) * EPOCH
    return tuple(replace(b, version=epoch + b.version % EPOCH) for b in account.bookings)


def _believing_late_versions(account: LineAccount, version: int) -> tuple[Booking, ...]:
    return tuple(each for each in account.bookings if each.version <= version)


def _adding_returns(record: Product, accounts: Sequence[LineAccount]) -> WebUnits:
    found: dict[PosVariantId | None, int] = {}
    for account in accounts:
        if account.holder is not None:
            units = account.owed - booked(account, record.version)
            found[account.holder.variant] = found.get(account.holder.variant, 0) + units
    return found


def _by_line(record: Product, accounts: Sequence[LineAccount]) -> WebUnits:
    found: dict[PosVariantId | None, int] = {}
    for account in accounts:
        for variant, units in web_units(record, [account]).items():
            found[variant] = found.get(variant, 0) + units
    return found


def _without_write_ahead(entry: OrderEntry, epoch: int) -> OrderEntry:
    asked = booking.ask(entry, epoch)
    lines = tuple(replace(line, account=replace(line.account, asked=None)) for line in asked.lines)
    return replace(asked, lines=lines)


def _deleted_on_time_out(entry: OrderEntry, now_ms: int) -> OrderEntry | None:
    return None if now_ms - entry.since_ms > BOOKING_PATIENCE_MS else entry


def _raised_at_first_look(look: Looked, first: LowLook | None) -> AfterLook:
    found = looking.after_look(look, first)
    return AfterLook.RAISE if found is AfterLook.LOOK_AGAIN else found


BROKEN = {
    "an entry ends when its answer arrives": Rules(_with_bookings(_ended_on_answer)),
    "nothing is written before the call": Rules(ask=_without_write_ahead),
    "a return under way is added": Rules(_adding_returns),
    "an entry ends by time": Rules(after_a_wait=_deleted_on_time_out),
    "too little is raised at the first look": Rules(after_look=_raised_at_first_look),
    "bookings of a lost epoch count": Rules(_with_bookings(_of_any_epoch)),
    "a version answered late is believed": Rules(_with_bookings(_believing_late_versions)),
    "new line ids are new goods": Rules(_by_line),
}
