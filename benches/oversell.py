"""How many units are sold twice when a product sells out in the shop and on the web at once: a model of
one product whose levels follow the rule of `domain/web_orders/` itself. Rates and delays are assumed."""

import statistics
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from benches.helpers.in_step import InStep, Policy
from benches.helpers.results import Figure as Goal
from benches.helpers.results import finish
from benches.helpers.sell_out import Demand, Outcome, SellOut

SELL_OUTS = 2_000
ORDINARY = Demand(units=12, web=1 / 60, till=1 / 90)
FLASH = Demand(units=60, web=1 / 2, till=1 / 90)
DEMANDS = {"ordinary day": ORDINARY, "flash sale": FLASH}
POLICIES = [
    *(Policy("off", hooks=False, safety=safety) for safety in (0, 1, 3)),
    *(
        Policy(web_orders, hooks, safety)
        for web_orders in ("ledger", "pos")
        for hooks in (True, False)
        for safety in (0, 1, 3)
    ),
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean, and how far the true one may be from it (95 %)."""

    mean: float
    within: float

    def __str__(self) -> str:
        """Return both, for a table."""
        return f"{self.mean:9.3f} ± {self.within:6.3f}"


@dataclass(frozen=True, slots=True)
class Row:
    """What the sell-outs of one policy came to, each; `formula`: what the closed form expects of units
    oversold, from the lags measured in the same sell-outs; None where the POS books nothing."""

    oversold: Figure
    too_high: Figure
    stock_calls: Figure
    formula: float | None


def measured(demand: Demand, policy: Policy, sell_outs: int, seed: int = 1) -> Row:
    """Return the figures of so many sell-outs, the same for the same seed."""
    outcomes = [_sold_out(demand, policy, seed * 1_000_003 + n) for n in range(sell_outs)]
    return Row(
        oversold=_figure([each.oversold for each in outcomes]),
        too_high=_figure([each.too_high for each in outcomes]),
        stock_calls=_figure([each.stock_calls for each in outcomes]),
        formula=_formula(demand, outcomes) if policy.web_orders == "pos" else None,
    )


def _sold_out(demand: Demand, policy: Policy, seed: int) -> Outcome:
    world = SellOut(demand, seed)
    InStep(world, policy)
    return world.run()


def _formula(demand: Demand, outcomes: list[Outcome]) -> float:
    """Return the expected units oversold of a sell-out without safety stock: both sides sell the last
    unit when one sells within the lag of the other."""
    till = statistics.fmean(lag for each in outcomes for lag in each.till_lags)
    web = statistics.fmean(lag for each in outcomes for lag in each.web_lags)
    return demand.web * demand.till * (till + web) / (demand.web + demand.till)


def _figure(values: list[float] | list[int]) -> Figure:
    return Figure(statistics.fmean(values), 1.96 * statistics.pstdev(values) / sqrt(len(values)))


def main(sell_outs: int) -> int:
    """Print the table, and the goals: on an ordinary day orders in the POS leave no more than half again of
    what the formula calls unavoidable, with hooks and without; safety stock 3 leaves less than one unit in a
    hundred sell-outs in either demand; and orders that no till learns of leave little too high online."""
    rows: dict[tuple[str, Policy], Row] = {}
    for name, demand in DEMANDS.items():
        print(
            f"\n{name}, {sell_outs} sell-outs: oversold, unit-seconds too high, stock calls, each"
        )
        for policy in POLICIES:
            row = rows[name, policy] = measured(demand, policy, sell_outs)
            hooks = "hooks" if policy.hooks else "none "
            formula = f"  formula {row.formula:.3f}" if row.formula and not policy.safety else ""
            print(
                f"{policy.web_orders:6} {hooks} safety {policy.safety}"
                f"{row.oversold} {row.too_high} {row.stock_calls}{formula}",
                flush=True,
            )
    return finish("oversell", list(_goals(rows)), whole=sell_outs >= SELL_OUTS)


def _goals(rows: Mapping[tuple[str, Policy], Row]) -> Iterator[Goal]:
    for hooks, words in ((True, "with hooks"), (False, "all hooks lost")):
        row = rows["ordinary day", Policy("pos", hooks)]
        least = max(0.0, row.oversold.mean - row.oversold.within)
        what = f"units sold twice on an ordinary day, {words}, at least, beside 1.5 x the formula"
        yield Goal(what, least, 1.5 * (row.formula or 0), "units")
    for name in DEMANDS:
        kept = rows[name, Policy("pos", safety=3)].oversold.mean
        yield Goal(f"units sold twice with safety stock 3, {name}", kept, 0.01, "units")
    high = rows["ordinary day", Policy("ledger")].too_high
    least = max(0.0, high.mean - high.within)
    yield Goal("unit-seconds too high on an ordinary day, at least", least, 30.0, "unit-seconds")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SELL_OUTS))
