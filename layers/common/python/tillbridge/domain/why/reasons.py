"""Why each field of a product has its value, as far as its history says. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from tillbridge.domain.connection import Settings
from tillbridge.domain.field_policy import DEFAULT_MODES, Mode
from tillbridge.domain.history.packing import OF_VARIANT
from tillbridge.domain.history.product_line import Did, FieldSent, HolderLevel, ProductLine
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.why.names import CATEGORIES, IMAGES, STOCK, Named

SENDS = frozenset({Did.CREATED, Did.UPDATED, Did.HIDDEN, Did.UNDONE})
"""Lines with values that were written to BigCommerce."""

BEGINS = frozenset({Did.LINKED, Did.IMPORTED, Did.CREATED})
"""Lines that begin a link: what is older was sent to another BigCommerce product, or to none."""

_STOCK = frozenset({Did.STOCK, Did.RAISED_DEBT, Did.LOWERED_DEBT})


class Standing(StrEnum):
    """What is known of a value. `sent`: a push sent it. `undone`: an undo wrote it back. `came_in`: it was
    online when the product was linked or imported, and nothing was sent since. `theirs`: BigCommerce owns
    the field. `none`: no push since the create sent one. `not_kept`: no line has the values of such a field.
    `older`: no line of the last 90 days has it."""

    SENT = "sent"
    UNDONE = "undone"
    CAME_IN = "came_in"
    THEIRS = "theirs"
    NONE = "none"
    NOT_KEPT = "not_kept"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field of a product, or of its variant, has its value. `line`: the one that made it so: of
    equal values that were sent one after the other the first. `sure`: nothing older can have made it so.
    `before`: the value that it replaced. `level`: how a level of stock came about, last. `aside`: what
    reconcile had repaired of it since, or a person accepted, newest first. `held`: the POS's value that
    BigCommerce's own is kept against. `mode`: when the settings send it. `cut`: lines had no room for all."""

    named: Named
    standing: Standing
    variant: PosVariantId | None = None
    value: FieldSent | None = None
    line: ProductLine | None = None
    sure: bool = False
    before: FieldSent | None = None
    level: HolderLevel | None = None
    aside: tuple[tuple[ProductLine, FieldSent], ...] = ()
    held: str | None = None
    mode: Mode = Mode.ON
    cut: bool = False


def reasons(
    asked: Sequence[Named], lines: Sequence[ProductLine], link: Link | None, settings: Settings
) -> Iterator[Reason]:
    """Yield why fields have their values, of the product and then of its variants. `lines`: the product's,
    newest first."""
    known = _Known(lines)
    variants = tuple(link.variants) if link else ()
    for each in asked:
        if each.field is None:
            yield Reason(each, Standing.THEIRS)
            continue
        holders: list[PosVariantId | None] = [None]
        if each.of_variants:
            holders = [*variants] if each == STOCK and variants else [None, *variants]
        for holder in holders:
            found = _stock(known, holder) if each == STOCK else _content(each, holder, known, link)
            mode = settings.fields.modes.get(each.field, DEFAULT_MODES[each.field])
            yield replace(found, mode=mode)


class _Known:
    """The lines of the link that there is, newest first to the one that began it, by what they tell of."""

    def __init__(self, lines: Sequence[ProductLine]) -> None:
        self.values: dict[str, list[tuple[ProductLine, FieldSent]]] = {}
        self.levels: dict[PosVariantId | None, list[tuple[ProductLine, HolderLevel]]] = {}
        self.cut: list[ProductLine] = []
        self.began: ProductLine | None = None
        for line in takewhile(lambda line: line.did is not Did.UNLINKED, lines):
            for name, value in line.fields.items():
                self.values.setdefault(name, []).append((line, value))
            for level in line.holders if line.did in _STOCK else ():
                self.levels.setdefault(level.variant, []).append((line, level))
            if line.more and line.did in SENDS:
                self.cut.append(line)
            if line.did in BEGINS:
                self.began = line
                return


def _content(
    named: Named, variant: PosVariantId | None, known: _Known, link: Link | None
) -> Reason:
    if named in (IMAGES, CATEGORIES):
        return Reason(named, Standing.NOT_KEPT)
    keys = [wire if variant is None else f"{variant}.{wire}" for wire in named.wires]
    held = next((link.held[key] for key in keys if key in link.held), None) if link else None
    # The fields of variants give way first: where one is left, the product's are all there.
    cut = any(
        not line.fields.keys() & {*keys}
        and (variant is not None or not any(OF_VARIANT in name for name in line.fields))
        for line in known.cut
    )
    found = Reason(named, Standing.OLDER, variant, held=held, cut=cut)
    told = [each for key in keys for each in known.values.get(key, ())]
    for line, value in sorted(told, key=lambda each: each[0].at_ms, reverse=True):
        if line.did not in SENDS:
            if found.line is None:
                found = replace(found, aside=(*found.aside, (line, value)))
        elif found.value is None or found.value.digest == value.digest:
            found = _made_by(found, line, value)
        else:
            return replace(found, before=value, sure=True)
    return _begun(found, known.began)


def _made_by(found: Reason, line: ProductLine, value: FieldSent) -> Reason:
    standing = Standing.UNDONE if line.did is Did.UNDONE else Standing.SENT
    kept = value if found.value is None or not found.value.value else found.value
    return replace(found, standing=standing, line=line, value=kept)


def _begun(found: Reason, began: ProductLine | None) -> Reason:
    """Return the reason of a value of which no other was sent before, as far as lines tell."""
    if began is None:
        return found
    if found.line is not None:
        return replace(found, sure=True)
    if began.did is Did.CREATED:
        return found if found.cut else replace(found, standing=Standing.NONE)
    return replace(found, standing=Standing.CAME_IN, line=began, sure=True)


def _stock(known: _Known, variant: PosVariantId | None) -> Reason:
    found = Reason(STOCK, Standing.OLDER, variant)
    for line, level in known.levels.get(variant, ()):
        if found.level is None:
            value = FieldSent(str(level.level), "")
            found = replace(found, standing=Standing.SENT, level=level, value=value, line=line)
        elif found.level.level == level.level:
            found = replace(found, line=line)
        else:
            return replace(found, before=FieldSent(str(level.level), ""), sure=True)
    return _begun(found, known.began)
