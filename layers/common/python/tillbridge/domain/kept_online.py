"""Values that BigCommerce says it took, and does not show: which are missing, and the words about them.

Its documentation promises that a 200 saved what was sent. Whether the batch of variants takes every
field it lists was never seen; the answer of each call shows it."""

from collections.abc import Collection

from tillbridge.domain.field_values import answered_values, differing
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import Json, batched, fingerprint
from tillbridge.domain.plan import VariantUpdate
from tillbridge.domain.web_product import WebVariant


def kept_note(link: Link, wire: str) -> str:
    """Return the note on a product's link about a field of its variants that no call changes."""
    return (
        f"BigCommerce keeps its own {FIELDS[wire].label} on variants of #{link.id}, though it "
        "answers that it took ours. Enter it in BigCommerce's control panel."
    )


def kept_notes(link: Link, fields: Collection[str] | None) -> list[str]:
    """Return the notes about these fields; those that the link has when nothing was seen."""
    if fields is not None:
        return [kept_note(link, wire) for wire in sorted(fields)]
    known = {kept_note(link, wire) for wire in FIELDS} if link.notes else set()
    return [note for note in link.notes if note in known]


def untaken(payload: Json, answer: WebVariant) -> frozenset[str]:
    """Return the fields that a batch of variants may carry and that its answer shows otherwise."""
    return frozenset(differing(batched(payload), answered_values(answer)))


def known_kept(item: VariantUpdate, fields: Collection[str]) -> frozenset[str]:
    """Return those of the fields of which the link says already that BigCommerce keeps its own: the
    same values were sent before, by every call there is."""
    link = item.work.link
    if changed(item):
        return frozenset()
    return frozenset(wire for wire in fields if kept_note(link, wire) in link.notes)


def changed(item: VariantUpdate) -> bool:
    """Return whether a variant's content is not what was last sent."""
    return fingerprint(item.payload) != item.work.link.variants[item.variant].fingerprint
