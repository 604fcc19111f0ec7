"""The tables of docs/costs.md, in Markdown."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from benches import idle_cost
from benches.costs.counted import Counted
from benches.costs.month import LINES, SECRETS, SIZES, Month, first_push, month
from benches.helpers import prices as price
from tests.template.rules.reading import Template

A_WEB_ORDER_IN = 10
"""Sales, of a shop that sells on the web too."""

WHY = {
    "alarms over": "one for each thing that may go wrong; an alarm over a sum is charged for each figure in it",
    "secrets": "the key of webhooks, and that of the console's sessions",
    "figures of CloudWatch": "figures of our own, over all stores: calls, refusals, drift, lags, outcomes of imports, webhooks",
    "queues": "Lambda asks each queue with five connections, day and night, whether or not anything comes",
    "sweeps": "every five minutes: one scan of what waits, and the list of stores",
}
"""Why a deployment without stores costs each of its lines, by a word of the line."""


def tables(counts: Mapping[str, Counted], template: Template) -> list[str]:
    """Return all tables of the page, in order."""
    return [
        sizes(counts, template),
        savings(counts, template),
        idle(template),
        happenings(counts),
        prices(),
    ]


def sizes(counts: Mapping[str, Counted], template: Template) -> str:
    """Return the table of the three sizes."""
    months = [month(size, counts, template) for size in SIZES]
    rows: list[tuple[str, Sequence[str]]] = [
        ("products", [f"{each.products:,}" for each in SIZES]),
        ("sales a day, of two products", [f"{each.sales:,}" for each in SIZES]),
        ("products saved a day", [f"{each.saved:,}" for each in SIZES]),
        ("rows changed by CSV a month", [f"{each.csv_rows:,}" for each in SIZES]),
        ("web orders a day", [f"{each.web_orders:,}" for each in SIZES]),
    ]
    rows += [(line, [_cents(each.dollars[line]) for each in months]) for line in LINES]
    rows.append(("**together, a month**", [f"**{_cents(m.together)}**" for m in months]))
    on_the_web = [replace(each, web_orders=each.sales // A_WEB_ORDER_IN) for each in SIZES]
    sold = [month(each, counts, template).together for each in on_the_web]
    rows.append(("with web orders, one in ten sales", [_cents(each) for each in sold]))
    rows.append(("most of it", [_dominant(each) for each in months]))
    rows.append(("calls to BigCommerce a month", [f"{each.calls:,.0f}" for each in months]))
    rows.append(("write units a month", [f"{each.writes:,.0f}" for each in months]))
    once = [first_push(each.products, counts, template) for each in SIZES]
    rows.append(("the first push of all products, once", [_cents(each) for each in once]))
    return _table(("a store", *(size.name for size in SIZES)), rows)


def happenings(counts: Mapping[str, Counted]) -> str:
    """Return what was counted."""
    rows = [
        (
            f"{name}, {each.products:,} products" if each.products > 1 else name,
            [f"{n:,g}" for n in (each.calls, each.requests, each.writes, each.reads)],
        )
        for name, each in counts.items()
    ]
    head = (
        "what happens",
        "calls to BigCommerce",
        "requests to tables",
        "write units",
        "read units",
    )
    return _table(head, rows)


def savings(counts: Mapping[str, Counted], template: Template) -> str:
    """Return what each switch saves a month, at each size."""
    rows = [(name, [_cents(each) for each in saved]) for name, saved in _saved(counts, template)]
    return _table(("what to switch", *(size.name for size in SIZES)), rows)


def idle(template: Template) -> str:
    """Return what a deployment without stores costs, line by line, and why."""
    lines = idle_cost.of_a_deployment(template)
    rows = [(name, [f"{dollars:.2f}", _why(name)]) for name, dollars in lines]
    rows.append(("**together**", [f"**{sum(dollars for _, dollars in lines):.2f}**", ""]))
    return _table(("a deployment without stores", "$ a month", "why"), rows)


def prices() -> str:
    """Return the prices that everything is computed from."""
    rows = [(name, [f"{dollars:g}"]) for name, dollars in price.NAMED]
    return _table((f"{price.REGION}, {price.AS_OF}", "$"), rows)


def _saved(
    counts: Mapping[str, Counted], template: Template
) -> Iterator[tuple[str, Sequence[float]]]:
    now = [month(size, counts, template).together for size in SIZES]

    def against(then: Sequence[float]) -> Sequence[float]:
        return [before - after for before, after in zip(now, then, strict=True)]

    changed = [month(size, counts, template, literal=False).together for size in SIZES]
    yield "`push_content=when_changed`", against(changed)
    for name, parameter, schedule in (
        ("`ReconcileSchedule`: every six hours", "ReconcileSchedule", "rate(6 hours)"),
        ("`FullReconcileSchedule`: once a week", "FullReconcileSchedule", "rate(168 hours)"),
    ):
        other = copy.deepcopy(template)
        other["Parameters"][parameter]["Default"] = schedule
        yield name, against([month(size, counts, other).together for size in SIZES])
    yield "a second store of the same POS shares its account", [price.SECRET] * len(SIZES)


def renewed(text: str, tables: Sequence[str]) -> str:
    """Return the text of the page with each table in the place of the one with the same head. Raise ValueError when
    there is none."""
    for table in tables:
        begin = text.index(table.partition("\n")[0])
        _older, gap, rest = text[begin:].partition("\n\n")
        text = text[:begin] + table + ((gap + rest) if gap else "\n")
    return text


def _dominant(spent: Month) -> str:
    line, dollars = max(spent.dollars.items(), key=lambda each: each[1])
    name = "secrets" if line == SECRETS else line
    return f"{name}, {dollars / spent.together:.0%}"


def _why(line: str) -> str:
    [words] = [words for part, words in WHY.items() if part in line]
    return words


def _cents(dollars: float) -> str:
    return f"${dollars:,.2f}" if dollars >= 0.005 else f"${dollars:.4f}"


def _table(head: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    lines += [f"| {' | '.join((name, *cells))} |" for name, cells in rows]
    return "\n".join(lines)
