"""What people are told of each setting: its name, its legal values in words, what a blank means, what the articles say of
it. The page, its API and the command line tell the same (docs/settings.md)."""

from collections.abc import Mapping
from dataclasses import dataclass

from tillbridge.domain.field_policy import Mode
from tillbridge.domain.fields import Field

MODES: Mapping[Mode, tuple[str, str]] = {
    Mode.OFF: ("Off", "never sent"),
    Mode.MANUAL: ("By hand", "sent when a person pushes"),
    Mode.CREATE: ("At creation", "sent once, with a new product"),
    Mode.ON: ("Always", "sent with every push"),
}
"""Each mode as a column is headed, and what it means."""


@dataclass(frozen=True, slots=True)
class Told:
    """A setting in words. `about`: one sentence of what it is for. `choices`: its legal values, each with its word and
    what it means; none of one that is written. `blank`: what a blank value means, "" where none may be blank."""

    name: str
    title: str
    about: str
    choices: tuple[tuple[str, str, str], ...] = ()
    blank: str = ""

    def value_words(self, value: str) -> str:
        """Return a value as people read it."""
        words = {legal: word for legal, word, _ in self.choices}
        return words.get(value, value) or self.blank


_MODES = tuple((mode.value, *words) for mode, words in MODES.items())


def _field(field: Field, title: str, about: str) -> Told:
    return Told(field.value, title, about, _MODES)


FIELDS: tuple[Told, ...] = (
    _field(Field.NAME, "Name", "The product's name; a new product always has it."),
    _field(Field.DESCRIPTION, "Description", "The text of the product page, as HTML."),
    _field(Field.SKU, "SKU", "Of the product and of each variant."),
    _field(Field.PRICE, "Price", "The POS sets it; a new product always has it."),
    _field(Field.COST, "Cost", "The cost price."),
    _field(Field.BRAND, "Brand", "Found or made by its name; a blank clears it."),
    _field(
        Field.VISIBILITY,
        "Visibility",
        "At creation, when the POS's own switch moves, and when a person pushes.",
    ),
    _field(Field.BARCODES, "Barcodes", "UPC and GTIN."),
    _field(Field.MPN, "Manufacturer part number", "MPN in BigCommerce."),
    _field(Field.BIN_PICKING_NUMBER, "Bin picking number", "255 characters at most."),
    _field(Field.CONDITION, "Condition", "New, used or refurbished; a blank changes nothing."),
    _field(Field.TYPE, "Type", "Physical or digital; a new product always has one."),
    _field(Field.IMAGES, "Images", "Those that the POS has; others' images stay."),
    _field(Field.STOCK, "Stock", "Whether it is tracked, and the levels."),
    _field(Field.CATEGORIES, "Category", "The department, as a top-level category."),
)

OTHERS: tuple[Told, ...] = (
    Told(
        "safety_stock",
        "Safety stock",
        "Units of each product kept from the web: a number, or “learned” to learn it from the sales of 28 days.",
    ),
    Told(
        "outlets",
        "Outlets sold online",
        "The ids of the outlets whose stock counts, with commas between.",
        blank="All outlets",
    ),
    Told(
        "push_content",
        "A change sends",
        "What goes up when something of a product changes in the POS.",
        (
            ("literal", "All content", "what was edited online is replaced"),
            (
                "when_changed",
                "What changed",
                "content that equals what was last sent costs no call",
            ),
        ),
    ),
    Told(
        "reconcile_mode",
        "A comparison",
        "What becomes of what differs between both sides.",
        (
            ("report", "Reports", "what differs is listed"),
            (
                "repair",
                "Repairs",
                "the POS's values are sent again, unless that is suspiciously much",
            ),
        ),
    ),
    Told(
        "auto_link",
        "Linking at an import",
        "What becomes of a product whose SKU the POS has.",
        (
            ("off", "Off", "it is offered as a link"),
            ("suggest", "Suggested", "it is offered as a link"),
            ("auto", "Automatic", "it is linked where the match is exactly one to one"),
        ),
    ),
    Told(
        "default_department",
        "Department of imports",
        "Where a product without a category goes in the POS.",
    ),
    Told(
        "web_orders",
        "Web orders",
        "What becomes of orders that BigCommerce takes.",
        (
            ("off", "Not read", "the web sells without Tillbridge knowing"),
            ("ledger", "Kept count of", "people book them in the POS"),
            ("pos", "Told to the POS", "and kept count of"),
        ),
    ),
    Told(
        "web_outlet",
        "Outlet of web orders",
        "Where web orders are booked, by its id.",
        blank="The first of the outlets",
    ),
)

TOLD: Mapping[str, Told] = {each.name: each for each in (*FIELDS, *OTHERS)}
"""Every setting, by name."""

THE_EIGHT: tuple[str, ...] = (
    "Weight",
    "Width, height, depth",
    "MSRP",
    "Sale price",
    "Tax code",
    "Customisations",
    "SEO",
    "Custom fields",
)
"""What BigCommerce owns: no setting sends it."""
