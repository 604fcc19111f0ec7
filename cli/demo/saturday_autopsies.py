"""What the product's own autopsy says of each unit that a Saturday's judge counts as sold twice, and where
the two disagree."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cli.deployment.connections import connection_of
from cli.deployment.oversold import MOST
from cli.deployment.target import Target
from cli.shapes.sides import DemoSoldTwice
from sandbox.saturday.goods import Unit
from sandbox.saturday.judge import RECORD_S, SoldTwice
from tillbridge.domain.autopsy.moments import Ordered
from tillbridge.domain.autopsy.verdict import Verdict, of_each_unit
from tillbridge.domain.autopsy.words import cause_words, prevented_by
from tillbridge.domain.ids import StoreId
from tillbridge.domain.oversold import Oversold
from tillbridge.usecases.console.oversold import autopsy

UNREAD_S = 430.0
"""A debt that lasts longer is read in any case: every store is read again after five minutes, and a slice
that was killed holds it back for two more."""
NOTHING = "none of what was tried"

type Autopsy = Callable[[Oversold], tuple[Verdict, ...]]


@dataclass(frozen=True, slots=True)
class Explained:
    """A unit that was sold twice. `judge`: its cause by the logs of both sides; `words`: by the autopsy.
    `prevented`: the smallest change that would have prevented the debt. `order`: the web order that found
    no unit, or those that one was promised to."""

    sold: SoldTwice
    name: str
    order: str
    words: str
    prevented: str

    def json(self) -> DemoSoldTwice:
        """Return it by name, for `--json`."""
        return {
            "product": self.name,
            "web_order": self.order,
            "cause": self.words,
            "cause_by_the_logs": self.sold.cause,
            "would_have_prevented": self.prevented,
        }


@dataclass(frozen=True, slots=True)
class Autopsies:
    """The units that were sold twice: those that were noticed, with their causes, and those that there
    were again before anybody could read it. `broken`: where judge and autopsy disagree."""

    explained: tuple[Explained, ...] = ()
    healed: tuple[SoldTwice, ...] = ()
    broken: tuple[str, ...] = ()


def autopsies_of(target: Target, store: StoreId, sold: Sequence[SoldTwice]) -> Autopsies:
    """Return what `tillbridge oversell` says of the units of a store that were sold twice."""
    connection = connection_of(target, store)
    debts = target.oversold.latest(store, MOST)
    return autopsies(
        sold, debts, lambda debt: autopsy(target.history, target.order_list, connection, debt)
    )


def rows_of(found: Autopsies) -> list[tuple[str, str, str, str, str]]:
    """Return, for a table, product, units, web order, cause in words, and what would have prevented it."""

    def what(each: Explained) -> tuple[str, str, str, str]:
        return each.name, each.order, each.words, each.prevented

    return [
        (name, str(len(list(units))), order, words, prevented)
        for (name, order, words, prevented), units in groupby(found.explained, what)
    ]


def autopsies(sold: Sequence[SoldTwice], debts: Sequence[Oversold], explain: Autopsy) -> Autopsies:
    """Return what the autopsies of these debts say of the units that were sold twice, and whether both
    agree: each unit was noticed as far as that can be, no other was, its cause is known, and a replay that
    changes nothing comes to the debt that was noticed."""
    begun = _begun(sold)
    said = {debt: explain(debt) for debt in sorted(debts, key=lambda debt: debt.at_ms)}
    broken = [words for debt, verdicts in said.items() for words in _doubts(debt, verdicts, sold)]
    explained: list[Explained] = []
    healed: list[SoldTwice] = []
    for each in sorted(sold, key=lambda each: each.at):
        noticed = [debt for debt in said if _noticed(debt, each, begun[each])]
        if noticed:
            after = (debt for debt in noticed if debt.at_ms >= each.at * 1_000)
            debt = next(after, noticed[-1])
            explained += _explained(each, debt, said[debt])
        elif each.until - each.at < UNREAD_S:
            healed.append(each)
        else:
            broken.append(f"{_what(each)} was not noticed")
    return Autopsies(tuple(explained), tuple(healed), tuple(broken))


def _begun(sold: Iterable[SoldTwice]) -> dict[SoldTwice, float]:
    """Return since when each unit was missing, as far as anybody could read: one that was there again for
    a moment was missing all the time."""
    begun: dict[SoldTwice, float] = {}
    last: dict[tuple[Unit, int], SoldTwice] = {}
    for each in sorted(sold, key=lambda each: each.at):
        before = last.get((each.unit, each.nth))
        goes_on = before is not None and each.at - before.until < UNREAD_S
        begun[each] = begun[before] if before is not None and goes_on else each.at
        last[each.unit, each.nth] = each
    return begun


def _noticed(debt: Oversold, sold: SoldTwice, begun: float) -> bool:
    in_time = begun <= debt.at_ms / 1_000 <= sold.until + RECORD_S
    return _unit(debt) == sold.unit and in_time and debt.debt >= sold.nth


def _doubts(
    debt: Oversold, verdicts: Sequence[Verdict], sold: Iterable[SoldTwice]
) -> Iterator[str]:
    what = (
        f"the {debt.debt} of {debt.name or debt.holder.product} noticed at {debt.at_ms / 1_000:.1f}"
    )
    there = max((each.nth for each in sold if _noticed_any(debt, each)), default=0)
    if there < debt.debt:
        yield f"{what} are {there} by the logs of both sides"
    if not verdicts:
        yield f"{what} have no history"
        return
    first = verdicts[0]
    if not first.reproduces:
        yield f"{what} are {first.played.debt} in a replay that changes nothing"
    if any(each.cause is None for each in of_each_unit(first)):
        yield f"{what} have no cause"


def _noticed_any(debt: Oversold, sold: SoldTwice) -> bool:
    at_s = debt.at_ms / 1_000
    return _unit(debt) == sold.unit and sold.at <= at_s <= sold.until + RECORD_S


def _explained(sold: SoldTwice, debt: Oversold, verdicts: Sequence[Verdict]) -> Iterator[Explained]:
    units = of_each_unit(verdicts[0]) if verdicts else ()
    if len(units) < sold.nth:
        return  # its doubts are told
    verdict = units[sold.nth - 1]
    yield Explained(
        sold,
        debt.name,
        _orders(debt, verdict),
        cause_words(verdict),
        next(iter(prevented_by(verdict)), NOTHING),
    )


def _orders(debt: Oversold, verdict: Verdict) -> str:
    moment = None if verdict.place is None else verdict.timeline.moments[verdict.place]
    if isinstance(moment, Ordered):
        return str(moment.order)
    return ", ".join(str(order) for order in debt.orders[-_ORDERS:])


_ORDERS = 3


def _unit(debt: Oversold) -> Unit:
    variant = debt.holder.variant
    return str(debt.holder.product), None if variant is None else str(variant)


def _what(sold: SoldTwice) -> str:
    product, variant = sold.unit
    what = f"unit {sold.nth} of {variant or product} that was sold twice at {sold.at:.1f}"
    return f"{what} ({sold.cause})"
