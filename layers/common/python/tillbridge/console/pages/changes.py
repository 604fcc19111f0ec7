"""What would change of a product, as people read it: the same change of many variants is one line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tillbridge.domain.exact_plan import Does, ExactProduct, LossGroup
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.findings import Difference
from tillbridge.domain.losses import LossKind

MOST_SHOWN = 120
"""Characters that are shown of a value in a list."""

MOST_LINES = 6
"""Changes that are shown of a product in a list."""

_TAG = re.compile(r"</?(?:p|br|b|i|em|strong|ul|ol|li|div|span|h[1-6])\b[^<>]*>", re.IGNORECASE)

_WORDS = {
    "stock_negative": "stock",
    "variants": "variants",
    "images": "pictures",
    "tracking": "stock tracking",
}
_AMOUNTS = frozenset({"price", "cost"})
_LABELS = {entry.word or wire: entry.label for wire, entry in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what changes, from what to what. A blank value is told as such. `variants`: of how many; `money`:
    the values are amounts."""

    label: str
    old: str
    new: str
    variants: int = 0
    money: bool = False


def changes(differences: Iterable[Difference]) -> list[Change]:
    """Return the lines of a product, equal changes of several variants as one."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for each in differences:
        found.setdefault(_told(each), set()).add(each.variant)
    return [
        Change(label, old, new, len(variants - {""}), label in _AMOUNTS)
        for (label, old, new), variants in found.items()
    ]


def label_of(field: str) -> str:
    """Return a difference's field as people call it."""
    return _WORDS.get(field) or _LABELS.get(field, field)


def does_words(product: ExactProduct) -> str:
    """Return in words what becomes of a product of which no line tells it."""
    if product.words:
        return product.words
    return {
        Does.CREATES: "New: BigCommerce gets it whole.",
        Does.SAME: "BigCommerce has all of it already.",
    }.get(product.does, "")


def group_title(group: LossGroup) -> str:
    """Return what products of a kind of loss would lose."""
    count = "" if group.count == 1 else f", {group.count:,} products"
    if group.kind is LossKind.BLANKS:
        return f"A {group.field} is replaced by nothing{count}"
    if group.kind is LossKind.ZEROES:
        return f"A price becomes 0{count}"
    fall = f"by {group.most} %" if group.count == 1 else f"by up to {group.most} %"
    return f"A price falls {fall}{count}"


def group_yes(group: LossGroup) -> str:
    """Return the words of the tick that lets them go."""
    them = "it" if group.count == 1 else "them"
    verb = {LossKind.BLANKS: "Blank", LossKind.ZEROES: "Zero", LossKind.LOWERS: "Lower"}[group.kind]
    return f"{verb} {them}"


def shown_value(field: str, value: str) -> str:
    """Return a value that would be lost, or what takes its place; an amount as it is, for its page writes it."""
    return value if field == "price" else cut(value)


def cut(text: str) -> str:
    """Return a value as a list has room for it, a formatted text without its tags: the words are what people know."""
    text = " ".join(_TAG.sub(" ", text).split()) or text if _TAG.match(text) else text
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def _told(each: Difference) -> tuple[str, str, str]:
    if each.field == "variants":
        what = "renamed" if each.pos and each.web else "added" if each.pos else "removed"
        return f"variant {what}", each.web, each.pos
    if each.field == "images":
        return "pictures", _pictures(each.web), _pictures(each.pos)
    return label_of(each.field), cut(each.web), cut(each.pos)


def _pictures(addresses: str) -> str:
    count = len(addresses.split(", ")) if addresses else 0
    return "none" if not count else "1 picture" if count == 1 else f"{count} pictures"


def shown_changes(product: ExactProduct) -> Sequence[Change]:
    """Return the first lines of a product."""
    return changes(product.differences)[:MOST_LINES]


def more_changes(product: ExactProduct) -> int:
    """Return how many values change beside the lines that are shown."""
    told = changes(product.differences)[:MOST_LINES]
    return max(0, product.changes - sum(max(1, each.variants) for each in told))
