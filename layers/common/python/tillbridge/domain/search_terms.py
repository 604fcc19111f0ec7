"""What a product is found by: its name from each of its words on, its SKUs, number, barcodes and id."""

from collections.abc import Iterator

from tillbridge.domain.names import name_key
from tillbridge.domain.view_rows import ViewRow

LONGEST = 60
"""Characters of a term. A longer text is compared with the row that the term leads to."""

MOST_WORDS = 8
"""A name is found by each of its first words: of 590 real names, 95 of 100 have six or fewer."""


def terms_of(row: ViewRow) -> frozenset[str]:
    """Return the terms of a row; none of one that no list shows."""
    return frozenset() if row.deleted else frozenset(each[:LONGEST] for each in _texts(row))


def found_by(row: ViewRow) -> tuple[object, ...]:
    """Return what a row's terms are made of. Of two rows where it is equal the terms are: most that are written
    have another price, level or time, and to fold their names takes longer than to compare them."""
    return (row.deleted, row.name, row.sku, row.skus, row.product_number, row.barcodes, row.id)


def term_asked(text: str) -> str:
    """Return what the terms of the products begin with that a text asks for; '' where it asks for nothing."""
    return name_key(text)[:LONGEST].rstrip()


def shown_at(row: ViewRow, text: str) -> str:
    """Return the one term at which a search for this text shows the row, so that it is shown once: the smallest
    that fits. '' where none does."""
    asked = term_asked(text)
    fitting = [term for term in terms_of(row) if term.startswith(asked)]
    whole = name_key(text)
    if len(whole) > LONGEST and not any(each.startswith(whole) for each in _texts(row)):
        return ""
    return min(fitting, default="")


def _texts(row: ViewRow) -> Iterator[str]:
    words = name_key(row.name).split(" ")
    places = [place for place, word in enumerate(words) if word][:MOST_WORDS]
    yield from (" ".join(words[place:]) for place in places)
    for code in (*(row.skus or [row.sku]), row.product_number, *row.barcodes, row.id):
        if key := name_key(code):
            yield key
