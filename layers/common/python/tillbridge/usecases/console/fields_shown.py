"""The fields of a product as its page shows them. What would be sent, and when two values are the same, is asked of
the rules that push and reconcile ask. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tillbridge.domain.details.detail import DESCRIPTION, Detail, form_digest
from tillbridge.domain.field_values import answered_values, differing, values
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.findings import TEXT_LIMIT, Difference, text
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.mapping import Json, all_content, all_variant_content, held_text
from tillbridge.domain.names import trimmed
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.web_owned import INHERITED
from tillbridge.domain.web_product import WebVariant
from tillbridge.domain.why.names import CATEGORIES, IMAGES, OURS, STOCK, THEIRS, Named
from tillbridge.domain.why.reasons import Standing
from tillbridge.usecases.console.field_texts import owned_text, sent_text, shown_text
from tillbridge.usecases.console.offers import undo_of_field
from tillbridge.usecases.console.other_fields import (
    categories_shown,
    images_shown,
    stock_of_product,
    stock_of_variant,
)
from tillbridge.usecases.console.product_shown import FieldShown, FieldState, LevelShown
from tillbridge.usecases.console.product_sides import Sides

_NOT_READ = "BigCommerce's own. Tillbridge neither sends nor reads it."
_THEIRS = "BigCommerce's own. Tillbridge never sends it."
_HELD = "BigCommerce keeps its own until it is changed in the POS."
_DECIDED_ONLINE = "Sent when it changes in the POS; until then the web staff decide."
_NEVER_BLANK = "The POS has none and BigCommerce cannot be without, so it is BigCommerce's own."
_GOES_LATER = "It goes up with the product's first change."
_AS_THE_PRODUCT = "Its price is the product's."


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two sides of a product, or of a variant of it. `ours`: what a push would send; `theirs`: what is
    online; both by BigCommerce's names, None where nothing is kept."""

    sides: Sides
    record: Product | Variant | None
    ours: Json | None
    theirs: Json | None
    variant: PosVariantId | None = None

    @property
    def key(self) -> str:
        """Return what the keys of its held values begin with."""
        return "" if self.variant is None else f"{self.variant}."


def fields_of(sides: Sides) -> tuple[FieldShown, ...]:
    """Return the fields of a product: ours, then those that BigCommerce owns."""
    record, web = sides.record, sides.web
    ours = all_content(record, sides.kept.link) if record else None
    pair = _Pair(sides, record, ours, values(web) if web else None)
    theirs = [
        FieldShown(each.label, None, None, None, FieldState.NOT_OURS, words=_NOT_READ)
        for each in THEIRS
    ]
    return (*(_of_product(pair, each) for each in OURS), *theirs)


def fields_of_variant(
    sides: Sides,
    variant: PosVariantId | None,
    record: Variant | None,
    web: WebVariant | None,
    level: LevelShown | None,
) -> tuple[FieldShown, ...]:
    """Return the fields of a variant of either side, or of both."""
    ours = all_variant_content(record, sides.kept.link) if record else None
    pair = _Pair(sides, record, ours, answered_values(web) if web else None, variant)
    stock = (stock_of_variant(sides, level),) if level else ()
    content = (_content(pair, each) for each in OURS if each.of_variants and each != STOCK)
    return (*stock, *content, *_owned(web))


def _of_product(pair: _Pair, named: Named) -> FieldShown:
    if named == STOCK:
        return stock_of_product(pair.sides)
    if named == IMAGES:
        return images_shown(pair.sides)
    return categories_shown(pair.sides) if named == CATEGORIES else _content(pair, named)


def _owned(web: WebVariant | None) -> Iterator[FieldShown]:
    for each in THEIRS:
        if set(each.wires) <= {*INHERITED}:
            online = owned_text(web.owned, each.wires) if web else None
            yield FieldShown(each.label, None, None, online, FieldState.NOT_OURS, words=_THEIRS)


def _content(pair: _Pair, named: Named) -> FieldShown:
    sides, wire = pair.sides, named.wires[0]
    pos, online = _pos_text(pair, named), _online_text(pair, named)
    state, words, found = FieldState.UNKNOWN, "", None
    if sides.link is not None and pos is not None and online is not None:
        state, words, found = _state(pair, named)
    sent, sent_ms = _sent(pair, named)
    assert named.field is not None
    place = Difference(_word(wire), "", "", variant=pair.variant or "").place
    also = _of_the_text(pair, named)
    return FieldShown(
        named.label,
        sides.mode(named.field),
        pos,
        online,
        state,
        sent,
        sent_ms,
        place if sides.link is not None else "",
        " ".join(filter(None, (words, also))),
        found if state is FieldState.DIFFERS else None,
        sides.accepted(found) if found and state is FieldState.ON_PURPOSE and not words else None,
        undo_of_field(sides.reasons.get((named.label, pair.variant))),
    )


def _state(pair: _Pair, named: Named) -> tuple[FieldState, str, Difference | None]:
    """Return how the values of a field stand that are known on both sides, with words, and how they differ."""
    sides, theirs = pair.sides, pair.theirs or {}
    ours = {wire: value for wire, value in (pair.ours or {}).items() if wire in named.wires}
    if sides.record is not None and sides.record.deleted and "is_visible" not in named.wires:
        return FieldState.UNKNOWN, "The POS deleted the product.", None
    if not ours:
        return (*_not_sent(pair, named), None)
    found = differing(ours, theirs)
    if not found:
        return FieldState.SAME, "", None
    wire = found[0]
    if wire == "sku" and _goes_later(pair):
        return FieldState.ON_PURPOSE, _GOES_LATER, None
    held = _is_held(pair, wire)
    assert named.field is not None
    difference = _difference(pair, wire)
    state = sides.state_of(difference, named.field, waits=sides.content_waits, held=held)
    return state, _HELD if held else "", difference


def _not_sent(pair: _Pair, named: Named) -> tuple[FieldState, str]:
    wire = named.wires[0]
    if FIELDS[wire].same(_raw(pair, named), (pair.theirs or {})[wire]):
        return FieldState.SAME, ""
    if wire == "is_visible":
        return FieldState.ON_PURPOSE, _DECIDED_ONLINE
    return FieldState.NOT_OURS, _NEVER_BLANK


def _goes_later(pair: _Pair) -> bool:
    """Return whether the generated SKU of a product that was imported without one waits for its first change."""
    link, record = pair.sides.link, pair.record
    if link is None or record is None or pair.sides.content_waits or (pair.theirs or {})["sku"]:
        return False
    if pair.variant is None:
        return not link.fingerprint
    linked = link.variants.get(pair.variant)
    return linked is not None and not linked.fingerprint


def _is_held(pair: _Pair, wire: str) -> bool:
    link = pair.sides.link
    held = link.held.get(f"{pair.key}{wire}") if link else None
    if held is None or pair.ours is None:
        return False
    return (form_digest(held) if wire == DESCRIPTION else held) == held_text(pair.ours[wire])


def _difference(pair: _Pair, wire: str) -> Difference:
    """Return the difference as reconcile tells it: by its digest it is accepted."""
    ours, theirs = (pair.ours or {})[wire], (pair.theirs or {})[wire]
    if wire == "brand_id":  # people know a brand by its name
        ours, theirs = "", (pair.theirs or {}).get("brand_name", "")
    if wire == DESCRIPTION:
        kept = pair.sides.kept
        return Difference(wire, _long_text(kept.pos_detail), _long_text(kept.web_detail))
    return Difference(_word(wire), text(ours), text(theirs), variant=pair.variant or "")


def _long_text(detail: Detail | None) -> str:
    if detail is None:
        return ""
    told = detail.values[DESCRIPTION]
    if told["length"] <= TEXT_LIMIT:
        return str(told["text"])
    return f"{told['text'][:TEXT_LIMIT]}… [{told['whole']}]"


def _pos_text(pair: _Pair, named: Named) -> str | None:
    wire = named.wires[0]
    if pair.record is None or not pair.record.knows(FIELDS[wire].source):
        return None
    if wire == DESCRIPTION:
        return _described(pair.sides.kept.pos_detail)
    sent = pair.ours or {}
    if wire in sent:
        return shown_text(wire, sent[wire])
    return None if wire == "sku" else shown_text(wire, _raw(pair, named))


def _online_text(pair: _Pair, named: Named) -> str | None:
    theirs, wire = pair.theirs or {}, named.wires[0]
    if wire not in theirs:
        return None
    if wire == DESCRIPTION:
        return _described(pair.sides.kept.web_detail)
    return shown_text(wire, theirs[wire])


def _described(detail: Detail | None) -> str | None:
    told: Mapping[str, Any] | None = detail.values.get(DESCRIPTION) if detail else None
    return None if told is None else str(told["text"])


def _raw(pair: _Pair, named: Named) -> Any:
    """Return a value as the POS has it, which a push would not send."""
    wire = named.wires[0]
    if wire == "is_visible" and isinstance(pair.record, Product):
        return pair.record.visible
    value = getattr(pair.record, FIELDS[wire].source)
    return trimmed(value) if isinstance(value, str) else value


def _sent(pair: _Pair, named: Named) -> tuple[str | None, int]:
    """Return what a push sent last, and when (epoch ms): from history, or without a time from the link."""
    reason = pair.sides.reasons.get((named.label, pair.variant))
    link = pair.sides.link
    if reason is None or link is None:
        return None, 0
    if reason.value is not None and reason.standing in (Standing.SENT, Standing.UNDONE):
        at_ms = reason.line.at_ms if reason.line else 0
        if named.label == "brand" and reason.value.value == "0" and _pos_text(pair, named) == "":
            return "", at_ms  # the number of no brand
        return sent_text(named.wires[0], reason.value), at_ms
    if reason.standing is not Standing.OLDER:
        return None, 0
    if pair.variant is not None:
        linked = link.variants.get(pair.variant)
        return (linked.sku or None) if linked and named.label == "SKU" else None, 0
    remembered = {"name": link.name, "SKU": link.sku, "stock tracking": link.tracking}
    if named.label == "visibility" and link.visible is not None:
        return shown_text("is_visible", link.visible), 0
    known = remembered.get(named.label)
    return shown_text(named.wires[0], known) if known else None, 0


def _of_the_text(pair: _Pair, named: Named) -> str:
    """Return what is to be said of values that are not shown as they are."""
    if named.label == "price" and isinstance(pair.record, Variant) and pair.record.price is None:
        return _AS_THE_PRODUCT
    if named.wires[0] != DESCRIPTION:
        return ""
    return " ".join(_descriptions(pair.sides.kept.pos_detail, pair.sides.kept.web_detail))


def _descriptions(pos: Detail | None, web: Detail | None) -> Iterator[str]:
    told = {
        "The POS's": pos.values.get(DESCRIPTION) if pos else None,
        "BigCommerce's": web.values.get(DESCRIPTION) if web else None,
    }
    known = {whose: each for whose, each in told.items() if each is not None}
    for whose, each in known.items():
        if each["length"] > len(each["text"]):
            yield f"{whose} has {each['length']:,} characters; its beginning is shown."
    formatted = [whose for whose, each in known.items() if each["formatted"]]
    if len(formatted) == 1 and len(known) > 1:
        yield f"{formatted[0]} is formatted, the other is not."


def _word(wire: str) -> str:
    return FIELDS[wire].word or wire
