"""Errors, sorted by what the caller should do: retry later, give up and tell a person, skip."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.waiting import LONGEST_WAIT_MS

LONGEST_REASON = 1_000
"""Characters of the reason for which a message is kept apart."""


class TillbridgeError(Exception):
    """Root of all our errors; `str()` is fit for shop staff."""


class ChangeOfCourse(Exception):
    """Root of what is no error: the work at hand stops here and goes on elsewhere."""


# --- retry later -----------------------------------------------------------------------------


class RetryLater(TillbridgeError):
    """Nothing is wrong with the work item; it may succeed `wait` seconds from now, 15 minutes at most
    whatever anybody asked for."""

    def __init__(self, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.wait = min(max(wait, 0.0), LONGEST_WAIT_MS / 1_000)


class StoreThrottled(RetryLater):
    """BigCommerce answered 429: nobody calls this store for `wait` seconds."""


class StoreDown(RetryLater):
    """BigCommerce is out of reach or answers 5xx: the call was not applied, or may be repeated."""


class LostReply(RetryLater):
    """A create went out and no usable answer came back: it may have been applied. Look first."""


class PosDown(RetryLater):
    """The POS is out of reach, slow or throttling."""


class PosRefused(PosDown):
    """The POS calls a value of our request invalid: one invalid id fails a whole read."""


class PosBusy(PosDown):
    """Our share of the calls that the POS allows is spent until `wait` is over: nothing failed."""


class OutOfTime(RetryLater):
    """The slice has no time left for this call; nothing was sent."""


class GivesWay(OutOfTime):
    """The slice has had its share, and what is left may wait for other stores; it is no trouble."""


# --- a person must act on the store ------------------------------------------------------------


class NeedsAttention(TillbridgeError):
    """One side refuses every call (401, 403, suspended); work is kept until a person fixes it."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class Forbidden(NeedsAttention):
    """A 403 that names no scope: every call may be refused, or a firewall dislikes this one."""

    def __init__(self, code: str, words: str, title: str = "") -> None:
        super().__init__(code, words)
        self.title = title or words


class UnreadableStore(TillbridgeError):
    """The stored connection of one store cannot be read."""


class SavedByNewer(TillbridgeError, ValueError):
    """A row, or a message, was written by a later release; what it says may mean something else. It stays as
    it is until that release is back. `where` says which row it is, for the log."""

    def __init__(self, what: str, version: object, reads: int, where: str = "") -> None:
        super().__init__(
            f"{what} was saved by a newer Tillbridge ({version}); this one reads up to {reads}. "
            "Deploy the newer one again."
        )
        self.version = version
        self.reads = reads
        self.where = where


# --- give up and tell a person -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one product is refused, in words that say what to do.

    `code` is stable for programs (`ProblemCode` has them all); `field` is the POS field;
    `holder` is the BigCommerce product that has the name or SKU, `blocked_by` the POS product that
    has it.
    """

    code: str
    words: str
    field: str = ""
    holder: int | None = None
    blocked_by: str = ""


class Refused(TillbridgeError):
    """BigCommerce refused this (4xx); sending it again unchanged is useless.

    `status` is HTTP's, `fields` what BigCommerce said of each field, `title` its headline.
    """

    def __init__(self, status: int, title: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.fields = fields or {}

    @property
    def said(self) -> str:
        """Return what BigCommerce said field by field, else its headline, without a full stop. A
        field's name is left out when it is a number, which means nothing to people."""
        named = (
            words if key.isdigit() else f"{key}: {words}" for key, words in self.fields.items()
        )
        return ("; ".join(named) or self.title).rstrip(".")


class Clash(Refused):
    """409: another record has this name, SKU or address."""


class Gone(Refused):
    """404: the record was deleted in BigCommerce."""


class TooLarge(Refused):
    """413: more items in one call than BigCommerce takes."""


class UnreadableOrder(TillbridgeError):
    """BigCommerce shows an order in a way that Tillbridge cannot read, however often it asks."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Web order {number} could not be read ten times, so its units are not kept from being sold "
            "again. Take them off in the POS by hand; once BigCommerce shows the order otherwise, "
            f"`tillbridge orders take {number}` has it read anew."
        )


class UnreadableEvent(TillbridgeError):
    """An event cannot be understood; it goes to the dead-letter queue with these words, of which no
    more is kept and logged than a queue takes."""

    def __init__(self, words: str) -> None:
        super().__init__(
            words if len(words) <= LONGEST_REASON else f"{words[: LONGEST_REASON - 1]}…"
        )


class UnknownStore(UnreadableEvent):
    """An event, or a call of the console, names a `store` that is not connected."""

    def __init__(self, store: str) -> None:
        self.store = store
        super().__init__(
            f"No store named '{store}' is connected. Connect it with "
            f"`tillbridge store add {store}`, then send the event again."
        )


class WrongSender(UnreadableEvent):
    """An event was put on the bus by somebody who may not ask for what it says."""


# --- skip ----------------------------------------------------------------------------------------


class Conflict(TillbridgeError):
    """A conditional write lost its race: another writer changed the row first."""


class BadCursor(TillbridgeError):
    """The place in a list that an address names is none of that list."""


class CannotAsk(TillbridgeError):
    """A person asked for something that cannot be asked for; the words say why, and what to do."""


class CannotConnect(TillbridgeError):
    """A store cannot be connected; the words say why. `code` is one of `ConnectCode` (domain/connecting.py): each
    door adds what to do there. `scopes`: what the token may, where that was found out. `holder`: the connection that
    has the store already."""

    def __init__(
        self, code: str, words: str, scopes: Sequence[ScopeRead] = (), holder: str = ""
    ) -> None:
        super().__init__(words)
        self.code = code
        self.scopes = tuple(scopes)
        self.holder = holder


class CannotSignIn(TillbridgeError):
    """The issuer let nobody in: the words say why, for the person at the door."""
