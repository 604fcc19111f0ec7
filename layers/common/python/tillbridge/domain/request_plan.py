"""What a request would do, told before it is made."""

from dataclasses import dataclass

from tillbridge.domain.ids import StoreId
from tillbridge.domain.selection import Do, Selection

GOOD_FOR_MS = 15 * 60_000
"""How long a plan may be carried out; after that it is made anew."""

KEPT_MS = 24 * 3_600_000
"""How long a plan can be seen."""

ASKING_MS = 30_000
"""After so long, who began to ask for what a plan says has died over it."""


def of_pair(product: str, number: int) -> str:
    """Return the id under which a plan of links keeps a pair."""
    return f"{number}#{product}"


def pair_of(kept: str) -> tuple[str, int]:
    """Return the product and the number of such an id."""
    number, _, product = kept.partition("#")
    return product, int(number)


_ENDS_JOB = "\x1f"


def of_undo(product: str, job: str, hides: int = 0) -> str:
    """Return the id under which a plan keeps what is undone of a product: a job's push or, without one, the first
    after a link. `hides`: the number of the BigCommerce product that is hidden and unlinked instead, 0 of none."""
    return f"{job}{_ENDS_JOB}{of_pair(product, hides)}"


def undo_of(kept: str) -> tuple[str, str, int]:
    """Return product, job and the number that is hidden, of such an id."""
    job, _, pair = kept.partition(_ENDS_JOB)
    product, hides = pair_of(pair)
    return product, job, hides


def product_of(do: Do, kept: str) -> str:
    """Return the product of an id that a plan keeps."""
    if do is Do.UNDO:
        return undo_of(kept)[0]
    return pair_of(kept)[0] if do is Do.LINK else kept


@dataclass(frozen=True, slots=True)
class PlannedProduct:
    """A product of a plan: its id, its name and, where there is one, the other side's id. `words`: why it is
    left out, or what to look at first."""

    id: str
    name: str
    other: str = ""
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that a person should see before going on, and the products that it is about: the first of them to be
    shown, and the ids of all."""

    code: str
    words: str
    products: tuple[PlannedProduct, ...]
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """A plan. `creates`, `updates` count products ('updates' of links: those linked; of an undo, those that get old
    values back, and 'creates' those that are hidden and unlinked); `left_out` has those that
    nothing is done with, the first of them (`left_out_count` in all). `first`: the first products that go, to be
    shown. `warned`: what goes only if a person says so; `notes`: what else they should know. `calls`, `seconds`: about what it costs of BigCommerce's quota. `job`: the request that carried it
    out, '' while none did; `asked`: all of it is on its way. `until_ms`: how long it is good (epoch ms). `undoes`: the job that an
    undo takes back, '' where each product has its own, and `fields` what of it, by BigCommerce's names."""

    id: str
    store: StoreId
    do: Do
    selection: Selection
    by: str
    made_ms: int
    creates: int = 0
    updates: int = 0
    left_out_count: int = 0
    left_out: tuple[PlannedProduct, ...] = ()
    warned: tuple[Warned, ...] = ()
    notes: tuple[str, ...] = ()
    first: tuple[PlannedProduct, ...] = ()
    calls: int = 0
    seconds: int = 0
    job: str = ""
    asked: bool = False
    undoes: str = ""
    fields: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return how many products something is done with."""
        return self.creates + self.updates

    @property
    def until_ms(self) -> int:
        """Return until when it may be carried out (epoch ms)."""
        return self.made_ms + GOOD_FOR_MS
