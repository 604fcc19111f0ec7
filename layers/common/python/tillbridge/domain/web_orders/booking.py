"""An order goes to the POS: asked, answered, refused, or ended by a person or a count.

`asked` is written before the call and goes only with its answer. So whatever dies, and whenever, the
level rests on the least that the POS may have booked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.web_orders.accounts import Booking, LineAccount
from tillbridge.domain.web_orders.effects import Effect, with_effects
from tillbridge.domain.web_orders.entry import EntryLine, OrderEntry, sent_units


@dataclass(frozen=True, slots=True)
class Answer:
    """What the POS says of an order: what it has booked up to this revision. `epoch`: that of its
    account when it was asked. `received`: it has taken the revision in, and a person books it later."""

    revision: int
    epoch: int
    effects: tuple[Effect, ...] = ()
    received: bool = False


def is_due(entry: OrderEntry, epoch: int) -> bool:
    """Return whether the POS is to be called about the order. One that was restored from a backup, and
    so is in a later epoch, may have lost what it was told before: it is told again, and books only what
    it has not."""
    if entry.told is None or entry.by_hand:
        return False
    if entry.sent is None or entry.unanswered:
        return True
    return entry.sent.revision < entry.told.revision or entry.epoch < epoch


def ask(entry: OrderEntry, epoch: int) -> OrderEntry:
    """Return the entry as it is stored before the POS is called; `sent` is what the POS is told. One
    that is unanswered is sent again as it was, before a newer one. Raise ValueError when there is
    nothing that the POS must know."""
    what = entry.sent if entry.unanswered else entry.told
    if what is None:
        raise ValueError(f"order {entry.order.id} has nothing that the POS must know")
    asked = replace(entry, sent=what, unanswered=True, epoch=epoch, refusal="")
    accounts = []
    for line in entry.lines:
        units = sent_units(asked, line.key, line.account.holder)
        before = line.account.asked
        accounts.append(
            replace(line.account, asked=units if before is None else min(before, units))
        )
    return _with_accounts(asked, accounts)


def answered(entry: OrderEntry, answer: Answer) -> OrderEntry:
    """Return the entry with what the POS says that it has booked. What it says of an older revision than
    one answered before, or said before it was restored from a backup, is dropped; the same again
    changes nothing."""
    if entry.sent is None or answer.revision < entry.answered or answer.epoch < entry.epoch:
        return entry
    asked = {
        place: sent_units(entry, line.key, line.account.holder)
        for place, line in enumerate(entry.lines)
    }
    last = answer.revision >= entry.sent.revision
    bookings = with_effects(entry.accounts, asked, answer.effects)
    accounts = [
        replace(
            account,
            bookings=bookings[place],
            # What a person books later may be booked at any time from now on.
            asked=None if last and not answer.received else account.asked,
        )
        for place, account in enumerate(entry.accounts)
    ]
    return replace(
        _with_accounts(entry, accounts),
        unanswered=entry.unanswered and not last,
        answered=max(entry.answered, answer.revision),
        received=answer.received if last else entry.received,
        waits=False,
        refusal="" if last else entry.refusal,
    )


def refused(entry: OrderEntry, words: str) -> OrderEntry:
    """Return the entry after the POS refused what it was told. `asked` stays: an earlier call of the
    same revision may have been booked."""
    return replace(entry, unanswered=False, waits=False, refusal=words)


def unreachable(entry: OrderEntry) -> OrderEntry:
    """Return the entry after a call that got no usable answer."""
    return replace(entry, waits=True)


def tried_again(entry: OrderEntry) -> OrderEntry:
    """Return the entry when a person asks to tell the POS once more what it refused. The same revision
    goes again: an earlier call of it may have been booked. One that was ended by hand is never told."""
    if entry.by_hand or not entry.refusal:
        return entry
    again = entry.sent is not None and entry.sent == entry.told
    return replace(entry, refusal="", waits=False, unanswered=again)


def overtaken(entry: OrderEntry, revision: int) -> OrderEntry:
    """Return the entry after the POS said that it has a later revision than it was told: the next one
    goes on from that. Until it is answered nobody knows what the POS has booked, and so nothing is
    taken for booked."""
    if entry.told is None:
        return entry
    following = max(revision, entry.revision) + 1
    accounts = [replace(account, asked=0) for account in entry.accounts]
    return replace(
        _with_accounts(entry, accounts),
        told=replace(entry.told, revision=following),
        unanswered=False,
        answered=max(entry.answered, revision),
    )


def ended_by_hand(entry: OrderEntry, versions: Mapping[PosProductId, int]) -> OrderEntry:
    """Return the entry after a person said that the POS has taken off what the order owes. `versions`:
    the POS's version of each product at that moment; lines of others stay open."""
    lines = []
    for line in entry.lines:
        holder = line.account.holder
        version = versions.get(holder.product) if holder else None
        lines.append(line if version is None else _booked_at(line, version, line.account.owed))
    return replace(entry, lines=tuple(lines), by_hand=True, unanswered=False, refusal="")


def counted(entry: OrderEntry, product: PosProductId, version: int, at_ms: int) -> OrderEntry:
    """Return the entry after the shelf was counted at `at_ms` (epoch ms), shown by the POS's record of
    `version`: a count cannot contain what had left the house before. What was still to be shipped stood
    on the shelf, and stays open."""
    lines = []
    for line in entry.lines:
        holder = line.account.holder
        gone = max((left.units for left in line.left if left.by_ms <= at_ms), default=0)
        units = min(line.account.owed, gone)
        own = holder is not None and holder.product == product
        lines.append(_booked_at(line, version, units) if own and units else line)
    ended = all(
        not line.account.owed or _newest(line.account) >= line.account.owed for line in lines
    )
    return replace(entry, lines=tuple(lines), by_hand=entry.by_hand or ended)


def _booked_at(line: EntryLine, version: int, units: int) -> EntryLine:
    account = line.account
    earlier = tuple(each for each in account.bookings if each.version < version)
    bookings = (*earlier, Booking(version, units))
    return replace(line, account=replace(account, asked=None, bookings=bookings))


def _newest(account: LineAccount) -> int:
    return account.bookings[-1].units if account.bookings else 0


def _with_accounts(entry: OrderEntry, accounts: list[LineAccount]) -> OrderEntry:
    lines = tuple(
        replace(line, account=account) for line, account in zip(entry.lines, accounts, strict=True)
    )
    return replace(entry, lines=lines)
