"""The products that are probably the same on both sides, and what linking them would change."""

from collections import Counter
from dataclasses import dataclass

from cli.deployment.connections import connection_of
from cli.deployment.links import every_link
from cli.deployment.target import Target
from cli.sides.catalogues import pos_records, web_products
from tillbridge.domain.first_push import counted, first_push
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link_candidates import Matches, match


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Candidates and doubts.

    `effects` counts the values that a first push would change, by field and whether it blanks."""

    matches: Matches
    effects: Counter[tuple[str, bool]]


def suggestions(target: Target, store: StoreId) -> Suggestions:
    """Read both sides, and match the products that are not linked."""
    links = every_link(target, store).values()
    linked = {link.product for link in links if link.is_linked}
    taken = {link.id for link in links if link.is_linked}
    records = [r for r in pos_records(target, store) if r.id not in linked]
    webs = [w for w in web_products(target, store) if w.id not in taken]
    found = match(records, webs)
    settings = connection_of(target, store).settings
    effects: Counter[tuple[str, bool]] = Counter()
    for each in found.candidates:
        effects += counted(first_push(each.record, each.web, settings))
    return Suggestions(found, effects)
