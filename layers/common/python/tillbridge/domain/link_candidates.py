"""Which products of the two sides are probably one: by SKU, then UPC, then name, and only where the
match is one to one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tillbridge.domain.generated_skus import counter_of
from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.product import Product
from tillbridge.domain.shapes import shape_differences
from tillbridge.domain.web_product import WebProduct, known

type _Keys = frozenset[str]


class Evidence(StrEnum):
    """What two products share, strongest first."""

    SKU = "SKU"
    UPC = "UPC"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two products that are probably one, with what they share."""

    record: Product
    web: WebProduct
    evidence: Evidence
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """Products that share something but are no candidates; `words` say why not."""

    records: tuple[Product, ...]
    webs: tuple[WebProduct, ...]
    evidence: Evidence
    words: str


@dataclass(slots=True)
class Matches:
    """The candidates, and the groups in which no candidate is sure."""

    candidates: list[Candidate] = field(default_factory=list)
    unsure: list[Unsure] = field(default_factory=list)


def match(
    records: Sequence[Product],
    webs: Sequence[WebProduct],
    ways: Collection[Evidence] = tuple(Evidence),
) -> Matches:
    """Return which of these products, all of them not linked, match by one of these ways. What is doubtful
    by stronger evidence is not decided by weaker evidence."""
    found = Matches()
    ours, theirs = list(records), list(webs)
    for evidence, keys_of_record, keys_of_web in _WAYS:
        if evidence not in ways:
            continue
        done_records: set[str] = set()
        done_webs: set[int] = set()
        for group_records, group_webs, shared in _groups(ours, theirs, keys_of_record, keys_of_web):
            _judge(found, evidence, group_records, group_webs, shared)
            done_records.update(record.id for record in group_records)
            done_webs.update(web.id for web in group_webs)
        ours = [record for record in ours if record.id not in done_records]
        theirs = [web for web in theirs if web.id not in done_webs]
    return found


def _judge(
    found: Matches,
    evidence: Evidence,
    records: Sequence[Product],
    webs: Sequence[WebProduct],
    shared: Iterable[str],
) -> None:
    values = tuple(sorted(shared))
    if len(records) > 1 or len(webs) > 1:
        words = (
            f"{_count(len(records), 'POS product')} and {_count(len(webs), 'BigCommerce product')} "
            f"share the {evidence} '{values[0]}'. Link the right ones by hand."
        )
        found.unsure.append(Unsure(tuple(records), tuple(webs), evidence, words))
    elif difference := shape_differences(records[0], webs[0]):
        found.unsure.append(Unsure(tuple(records), tuple(webs), evidence, difference))
    else:
        found.candidates.append(Candidate(records[0], webs[0], evidence, values))


def _groups(
    records: Sequence[Product],
    webs: Sequence[WebProduct],
    keys_of_record: Callable[[Product], _Keys],
    keys_of_web: Callable[[WebProduct], _Keys],
) -> list[tuple[list[Product], list[WebProduct], set[str]]]:
    """Return the groups of products that shared keys connect, if both sides have a product in
    them."""
    by_key: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, record in enumerate(records):
        for key in keys_of_record(record):
            by_key[key][0].append(place)
    for place, web in enumerate(webs):
        for key in keys_of_web(web):
            by_key[key][1].append(place)
    joined = _DisjointSets(len(records) + len(webs))
    both = {key: sides for key, sides in by_key.items() if sides[0] and sides[1]}
    for ours, theirs in both.values():
        places = [*ours, *(len(records) + place for place in theirs)]
        for place in places[1:]:
            joined.join(places[0], place)
    groups: dict[int, tuple[dict[int, None], dict[int, None], set[str]]] = {}
    for key, (ours, theirs) in both.items():
        group = groups.setdefault(joined.root(ours[0]), ({}, {}, set()))
        group[0].update(dict.fromkeys(ours))
        group[1].update(dict.fromkeys(theirs))
        group[2].add(key)
    return [
        ([records[place] for place in ours], [webs[place] for place in theirs], shared)
        for ours, theirs, shared in groups.values()
    ]


class _DisjointSets:
    """The numbers from 0 in sets that can be joined: two numbers of one set have one root."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        self._parent[self.root(other)] = self.root(one)


def _skus_of_record(record: Product) -> _Keys:
    # What once came in from BigCommerce has a generated SKU, and BigCommerce's as its product number.
    units = [(record.sku, record.product_number)]
    units += [(variant.sku, variant.product_number) for variant in record.variants]
    came_in = [number for sku, number in units if counter_of(sku) is not None]
    return _keys([*record.skus, *came_in])


def _skus_of_web(web: WebProduct) -> _Keys:
    return _keys(web.skus)


def _upcs_of_record(record: Product) -> _Keys:
    return _keys([record.barcodes.upc, *(variant.barcodes.upc for variant in record.variants)])


def _upcs_of_web(web: WebProduct) -> _Keys:
    return _keys([known(web.upc), *(variant.upc for variant in web.variants)])


def _keys(codes: Iterable[str]) -> _Keys:
    return frozenset(filter(None, map(sku_key, codes)))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


_WAYS: tuple[tuple[Evidence, Callable[[Product], _Keys], Callable[[WebProduct], _Keys]], ...] = (
    (Evidence.SKU, _skus_of_record, _skus_of_web),
    (Evidence.UPC, _upcs_of_record, _upcs_of_web),
    (
        Evidence.NAME,
        lambda record: frozenset(filter(None, [name_key(record.name)])),
        lambda web: frozenset(filter(None, [name_key(web.name)])),
    ),
)
