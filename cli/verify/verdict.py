"""Sorting the findings into a verdict: differing, failed, on one side only, duplicate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cli.verify import in_pos, in_store
from cli.verify.duplicates import duplicates
from cli.verify.model import Json, Mismatch, Named, Verdict


@dataclass(slots=True)
class Found:
    """The differences, by POS id, and the links whose product is missing online."""

    differing: dict[str, list[Mismatch]] = field(default_factory=dict)
    missing: list[Json] = field(default_factory=list)

    @property
    def suspects(self) -> set[str]:
        """The POS ids of the products to read again before they are reported."""
        return {*self.differing, *(link["pos_id"] for link in self.missing)}

    def may_settle(self, refused: Collection[str]) -> bool:
        """Return whether a difference may still vanish: BigCommerce writes stock asynchronously.

        Products that BigCommerce refused wait for a person, so they do not count."""
        waiting = (found for pos_id, found in self.differing.items() if pos_id not in refused)
        return any(mismatch.field == "stock" for mismatch in chain.from_iterable(waiting))


def link_is(link: Json, status: str) -> bool:
    """Return whether a link has this status."""
    return bool(link["status"] == status)


def sort_out(
    links: Sequence[Json],
    compared: Sequence[Json],
    records: Mapping[str, Json],
    online: Mapping[int, Json],
    found: Found,
) -> Verdict:
    """Return the verdict on the data that was read (`records`, `online`) and the differences."""
    verdict = Verdict()
    refused = {link["pos_id"] for link in links if link_is(link, "failed")}
    for pos_id, differing in found.differing.items():
        (verdict.behind if pos_id in refused else verdict.mismatches).extend(differing)
    verdict.pos_products = sum(1 for record in records.values() if not in_pos.is_deleted(record))
    verdict.store_products = len(online)
    there = [online[int(link["bc_id"])] for link in compared if int(link["bc_id"]) in online]
    verdict.compared_products = len(there)
    verdict.compared_variants = sum(len(in_store.real_variants(product)) for product in there)
    verdict.missing_online = [
        _named(link, records, "is linked to a BigCommerce product that no longer exists")
        for link in found.missing
    ] + [
        _named(link, records, "is still being created online")
        for link in links
        if _is_unfinished(link)
    ]
    verdict.failed = [_named(link, records) for link in links if link_is(link, "failed")]
    verdict.broken = [_named(link, records) for link in links if link_is(link, "broken")]
    _one_sided(verdict, links, records, online)
    verdict.duplicates = duplicates(links, online)
    return verdict


def _is_unfinished(link: Json) -> bool:
    without_product = link.get("bc_id") is None and link["status"] not in ("failed", "broken")
    return link_is(link, "creating") or without_product


def _one_sided(
    verdict: Verdict,
    links: Sequence[Json],
    records: Mapping[str, Json],
    online: Mapping[int, Json],
) -> None:
    known = {link["pos_id"] for link in links}
    claimed = {int(link["bc_id"]) for link in links if link.get("bc_id") is not None}
    verdict.not_linked = [
        Named(f"{name} is not linked: push it to put it online.", name, pos_id)
        for pos_id, record in records.items()
        if pos_id not in known and not in_pos.is_deleted(record)
        for name in [in_pos.called(record)]
    ]
    verdict.unknown_online = [
        Named(f"{product['name']} is only online: no POS product is linked to it.",
              product["name"], bc_id=number)
        for number, product in online.items()
        if number not in claimed
    ]  # fmt: skip


def _named(link: Json, records: Mapping[str, Json], words: str = "") -> Named:
    pos_id = link["pos_id"]
    name = in_pos.called(records.get(pos_id) or {"id": pos_id})
    said = f"{name} {words}." if words else link.get("words") or f"{name}: {link['status']}."
    bc_id = link.get("bc_id")
    return Named(said, name, pos_id, bc_id, link.get("code") or "")
