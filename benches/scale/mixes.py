"""The three mixes: what happens in stores in a busy hour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mix:
    """What happens in each store in an hour, on average: `sales` of one to three products, `saves` of
    one product, `pushes` by people. `importing`: the share of stores that import once, between `rows`
    products, as many small as large ones by orders of magnitude. `products`: what a store sells."""

    name: str
    sales: float
    saves: float
    pushes: float
    importing: float = 0.0
    rows: tuple[int, int] = (1_000, 10_000)
    products: int = 500


QUIET = Mix("quiet", sales=3, saves=1, pushes=0.1)
SATURDAY = Mix("Saturday", sales=60, saves=4, pushes=0.5)
IMPORTS = Mix("imports", sales=12, saves=4, pushes=0.5, importing=0.05)
MIXES = (QUIET, SATURDAY, IMPORTS)
