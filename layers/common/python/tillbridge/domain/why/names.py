"""The fields of a product as people name them: by label, by the name in settings, or by BigCommerce's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tillbridge.domain.fields import FIELDS, Field
from tillbridge.domain.web_owned import THINGS


@dataclass(frozen=True, slots=True)
class Named:
    """A field: what people call it, BigCommerce's names for it, and the setting that says when it is
    sent; None: BigCommerce owns it."""

    label: str
    wires: tuple[str, ...]
    field: Field | None

    @property
    def of_variants(self) -> bool:
        """Return whether variants have it, too."""
        if self.label == "stock":
            return True
        return any(wire in FIELDS and FIELDS[wire].variant for wire in self.wires)


STOCK = Named("stock", ("inventory_level",), Field.STOCK)
IMAGES = Named("images", ("images",), Field.IMAGES)
CATEGORIES = Named("categories", ("categories",), Field.CATEGORIES)


def _ours() -> Iterator[Named]:
    yield STOCK
    wires: dict[str, list[str]] = {}
    for wire, entry in FIELDS.items():
        wires.setdefault(entry.label, []).append(wire)
    for label, names in wires.items():
        yield Named(label, tuple(names), FIELDS[names[0]].field)
    yield IMAGES
    yield CATEGORIES


OURS: Sequence[Named] = tuple(_ours())
THEIRS: Sequence[Named] = tuple(Named(label, wires, None) for label, wires in THINGS.items())

_ALSO = {
    "barcode": "barcodes",
    "customizations": "customisations",
    "level": "stock",
    "pictures": "images",
    "quantity": "stock",
    "size": "sizes",
    "visible": "visibility",
}


def named(text: str) -> Sequence[Named]:
    """Return the fields that a word names: one, or all that a setting covers; none for an unknown word."""
    asked = _plain(text)
    asked = _ALSO.get(asked, asked)
    every = (*OURS, *THEIRS)
    by_label = [each for each in every if _plain(each.label) == asked]
    if by_label:
        return by_label
    by_wire = [each for each in every if asked in {*map(_plain, each.wires), *_words(each)}]
    return by_wire or [each for each in every if each.field and _plain(each.field) == asked]


def _words(each: Named) -> set[str]:
    return {_plain(FIELDS[wire].word) for wire in each.wires if wire in FIELDS} - {""}


def _plain(text: str) -> str:
    return "".join(text.casefold().split()).replace("_", "").replace("-", "")
