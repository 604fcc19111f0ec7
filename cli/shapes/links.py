"""Links, imports, and what is put back."""

from typing import TypedDict


class Answer(TypedDict):
    """What became of a request about a product. `done` and words: it was so before."""

    product: str
    bigcommerce_id: int | None
    done: bool
    words: str


class Answers(TypedDict):
    """What became of requests to link, unlink or undo."""

    answers: list[Answer]


class Suggestion(TypedDict):
    """Two products that are probably one: the evidence, and what they share."""

    product: str
    name: str
    bigcommerce_id: int
    bigcommerce_name: str
    evidence: str
    shared: list[str]


class Doubt(TypedDict):
    """Products that a person must decide about."""

    products: list[str]
    bigcommerce_ids: list[int]
    words: str


class WouldChange(TypedDict):
    """How many values of a field a first push would replace, or blank."""

    field: str
    replaced: int
    blanked: int


class Suggestions(TypedDict):
    """What --suggest finds. `answers`: what became of it with --apply."""

    candidates: list[Suggestion]
    unsure: list[Doubt]
    would_change: list[WouldChange]
    answers: list[Answer]


class Imported(TypedDict):
    """The outcome of an import: imported, linked, already_linked, offered, refused or failed. `held`: a sentence per
    value that the POS could not take. `bigcommerce_id`: null of what concerns the whole request."""

    bigcommerce_id: int | None
    outcome: str
    product: str | None
    name: str
    words: str
    held: list[str]


class ImportOutcome(TypedDict):
    """The outcomes of an import."""

    outcomes: list[Imported]


class PlannedImport(TypedDict):
    """What an import would do with a product."""

    bigcommerce_id: int
    name: str
    sku: str
    department: str
    words: str


class ImportPlan(TypedDict):
    """What --dry-run says of an import. `note`: why it looks odd, or ''."""

    planned: list[PlannedImport]
    note: str


class KeptVariant(TypedDict):
    """A variant of a link, with the POS's id."""

    id: str
    bigcommerce_id: int
    sku: str


class KeptLink(TypedDict):
    """A link, as a file of links has it."""

    store_hash: str
    product_id: str
    bigcommerce_id: int
    sku: str
    name: str
    variants: list[KeptVariant]


class Links(TypedDict):
    """All links of a store. `without`: how many were left out that have no product in BigCommerce."""

    store: str
    links: list[KeptLink]
    without: int


class LeftOutRow(TypedDict):
    """A row of a file that cannot be used, and what to do."""

    line: int
    field: str
    words: str


class ImportedLinks(TypedDict):
    """What a file of links says, in rows, and what became of those to be linked; none with --dry-run."""

    to_link: int
    already: int
    twice: int
    left_out: list[LeftOutRow]
    answers: list[Answer]


class RebuiltLinks(TypedDict):
    """What of the links is there, and what SKUs find again, in products. `under_way`: what is just being created or
    imported, in words; `weaker`: how many look the same by barcode or name."""

    linked: int
    gone: int
    candidates: list[Suggestion]
    unsure: list[Doubt]
    under_way: list[str]
    only_in_pos: int
    only_in_bigcommerce: int
    weaker: int
    answers: list[Answer]
