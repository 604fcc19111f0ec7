"""Which products of both sides are probably one, and what linking them would change."""

from collections import Counter
from dataclasses import dataclass

from cli.both_sides import connection_of, pos_records, web_products
from cli.show import console, errors, short, table
from cli.state import every_link
from cli.target import Target
from tillbridge.domain.first_push import counted, first_push
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link_candidates import Candidate, Matches, match
from tillbridge.domain.sameness import FIELDS

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Candidates and doubts; `effects` counts values by (field, blanked)."""

    matches: Matches
    effects: Counter[tuple[str, bool]]


def suggestions(target: Target, store: StoreId) -> Suggestions:
    """Compares what is not linked on both sides."""
    links = every_link(target, store).values()
    linked = {link.product for link in links if link.is_linked}
    taken = {link.id for link in links if link.is_linked}
    with errors.status("reading both sides"):
        records = [r for r in pos_records(target, store) if r.id not in linked]
        webs = [w for w in web_products(target, store) if w.id not in taken]
    found = match(records, webs)
    settings = connection_of(target, store).settings
    effects: Counter[tuple[str, bool]] = Counter()
    for each in found.candidates:
        effects += counted(first_push(each.record, each.web, settings))
    return Suggestions(found, effects)


def say_suggestions(found: Suggestions) -> None:
    """Prints candidates with their evidence, doubts with their reason, and the count."""
    candidates, unsure = found.matches.candidates, found.matches.unsure
    columns = ("POS", "product", "BigCommerce", "product there", "evidence")
    rows = [_row(each) for each in candidates[:MOST_SHOWN]]
    if rows:
        console.print(table(f"{len(candidates)} candidates", columns, rows, whole=("POS",)))
    elif not unsure:
        console.print("Nothing that is not linked looks like one product on both sides.")
    if len(candidates) > MOST_SHOWN:
        console.print(f"… and {len(candidates) - MOST_SHOWN} more.")
    if unsure:
        doubts = [
            (
                ", ".join(record.id for record in each.records[:4]),
                ", ".join(f"#{web.id}" for web in each.webs[:4]),
                each.words,
            )
            for each in unsure[:MOST_SHOWN]
        ]
        title = f"{len(unsure)} for a person to decide"
        console.print(table(title, ("POS", "BigCommerce", "why"), doubts))
    if candidates:
        counts = [
            (name, found.effects[name, False], found.effects[name, True])
            for name in dict.fromkeys(field.label for field in FIELDS.values())
            if found.effects[name, False] or found.effects[name, True]
        ]
        if not counts:
            console.print("The first push would change nothing in BigCommerce but the stock.")
            return
        title = "The first push would change in BigCommerce (kept 90 days: tillbridge undo)"
        console.print(table(title, ("field", "replaced", "blanked"), counts))


def _row(each: Candidate) -> tuple[object, ...]:
    evidence = f"{each.evidence} {', '.join(each.shared[:3])}"
    names = short(each.record.name), short(each.web.name)
    return each.record.id, names[0], f"#{each.web.id}", names[1], evidence
