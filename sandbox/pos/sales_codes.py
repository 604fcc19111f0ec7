"""The products that a sales log implies, one for each stock code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.pos.inputs import ProductInput
from sandbox.pos.product_columns import MAIN_OUTLET
from sandbox.pos.sales_rows import Sale

SPARE = 5
"""The quantity of each product that is left after the whole log is replayed."""


@dataclass(slots=True)
class Code:
    """The facts about one stock code in the log."""

    id: str
    names: dict[str, None] = field(default_factory=dict)
    price: Decimal | None = None
    """The first price above 0; 0 if each that is given is 0; None if none is given."""
    spellings: dict[str, None] = field(default_factory=dict)
    taken: Decimal = Decimal(0)

    @property
    def trouble(self) -> str:
        """Why the code is no product, in words, or ""."""
        if not self.names and not self.price:
            return "it has no description and no price anywhere in the file: not a product"
        if self.price is None:
            return "it has no price anywhere in the file, and a missing price is not taken for 0"
        return ""


def codes_of(sales: Iterable[Sale]) -> dict[str, Code]:
    """Return the facts about each code; codes that differ only in case are one product."""
    codes: dict[str, Code] = {}
    for sale in sales:
        code = codes.setdefault(sale.code.casefold(), Code(sale.code))
        code.spellings[sale.code] = None
        if name := sale.row.get("Description"):
            code.names[name] = None
        code.price = code.price or (code.price if sale.price is None else sale.price)
        if sale.kind != "refund":
            code.taken += abs(sale.quantity)
    return codes


def product_of(code: Code) -> ProductInput:
    """Return a code as a product, with stock enough for the whole log."""
    return ProductInput(
        id=code.id,
        sku=code.id,
        name=next(iter(code.names), code.id),
        price=code.price or Decimal(0),
        stock={MAIN_OUTLET: code.taken + SPARE},
    )


def notes_on(code: Code) -> Iterator[str]:
    """Yield what was decided where the rows of a code disagree, in words."""
    if code.trouble:
        return
    names = list(code.names)
    if len(names) > 1:
        others = ", ".join(repr(name) for name in names[1:])
        yield f"{code.id}: named {names[0]!r}, its first description; not used: {others}"
    if not names:
        yield f"{code.id}: it has no description, so its code is its name"
    if len(code.spellings) > 1:
        yield f"{code.id}: written {', '.join(code.spellings)}; taken as one product"
