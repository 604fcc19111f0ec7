"""A shop's day: all nine triggers, awkward cases included, in an order set by a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sandbox.pos import product_moves as products
from sandbox.pos import stock_moves as stock
from sandbox.pos.cloud import PosCloud
from sandbox.pos.sales_log import Logged, SalesLog
from sandbox.pos.shop_floor import Floor, NothingFitsError

type Move = Callable[[Floor], str]
type Progress = Callable[[int, int, str], None]
"""Called after each action with the number so far, the total, and a sentence on the action."""

AWKWARD: tuple[Move, ...] = (
    products.reprice,
    products.rename,
    products.blank_description,
    products.describe,
    products.deactivate,
    products.delete,
    products.first_variant,
    products.gain_variant,
    products.lose_variant,
    products.swap_skus,
    products.swap_names,
    products.import_csv,
    stock.layaway,
    stock.refund,
    stock.exchange,
    stock.count,
    stock.order,
    stock.transfer,
    stock.adjust,
)
"""The actions that happen once in every day."""

_TRADE: dict[Move, int] = {
    stock.sale: 60,
    stock.refund: 6,
    stock.exchange: 4,
    stock.count: 4,
    stock.order: 3,
    stock.transfer: 5,
    stock.adjust: 5,
    products.reprice: 8,
    products.rename: 2,
    products.describe: 3,
}


@dataclass(slots=True)
class Day:
    """What happened: the count of each kind of action, and a sentence for each in order."""

    happened: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """The actions that no product of this catalogue fits."""


def play_day(
    cloud: PosCloud,
    *,
    seed: int,
    actions: int = 100,
    log: SalesLog | None = None,
    progress: Progress | None = None,
) -> Day:
    """Play a day of `actions` actions on the loaded catalogue; the same seed gives the same day.

    With a log, its sales are replayed first, in file order, and then the awkward actions. Products
    that a store would refuse are left alone, and no product becomes one.
    """
    rng = Random(seed)
    floor = Floor(cloud, rng)
    moves = _moves(rng, actions, after_log=log is not None)
    total = len(moves) + (len(log.happened) if log else 0)
    day = Day()

    def note(kind: str, sentence: str) -> None:
        day.happened[kind] += 1
        day.sentences.append(sentence)
        if progress is not None:
            progress(len(day.sentences) + len(day.left_out), total, sentence)

    for logged in log.happened if log else ():
        note(logged.kind, _replay(cloud, logged))
    for move in moves:
        try:
            note(move.__name__, move(floor))
        except NothingFitsError:
            day.left_out.append(move.__name__)
    return day


def _moves(rng: Random, actions: int, *, after_log: bool) -> list[Move]:
    """Return the awkward actions, filled up to the number with ordinary trade, shuffled."""
    fill = 0 if after_log else max(0, actions - len(AWKWARD))
    trade = rng.choices(list(_TRADE), weights=list(_TRADE.values()), k=fill)
    moves = [*AWKWARD, *trade, stock.sale]
    rng.shuffle(moves)
    # A catalogue without variants gets its first one before one is added and one removed.
    structure: list[Move] = [
        products.first_variant,
        products.gain_variant,
        products.lose_variant,
    ]
    places = sorted(moves.index(move) for move in structure)
    for place, move in zip(places, structure, strict=True):
        moves[place] = move
    return moves


def _replay(cloud: PosCloud, logged: Logged) -> str:
    if logged.kind == "correction":
        fixes = [{"product_id": line.product_id, "delta": line.quantity} for line in logged.lines]
        cloud.stock_adjustment(fixes)
        return f"invoice {logged.invoice}: {len(fixes)} corrections"
    lines = [{"product_id": line.product_id, "quantity": line.quantity} for line in logged.lines]
    if logged.kind == "refund":
        cloud.refund(lines)
    else:
        cloud.sell(lines)
    return f"invoice {logged.invoice}: {logged.kind} of {len(lines)} lines"
