"""A vendor's POS in memory, as polls read it, with a vendor's bad habits on demand; it keeps the promises of
`tillbridge.ports.pos_source`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any

from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Cursor
from tillbridge.ports.pos_source import Outlet, PosFacts, SourcePage


@dataclass
class FakeVendor:
    """A vendor with one rising counter of versions. `page`: rows of a page. `late`: rows that are committed and cannot be
    read yet. `before`: called before each call with its name; what it raises is the answer. `calls`: their names."""

    page: int = 200
    version: int = 0
    rows: dict[MemberId, ItemPart] = field(default_factory=dict)
    stock: dict[tuple[MemberId, str], LevelPart] = field(default_factory=dict)
    outlets_there: list[str] = field(default_factory=lambda: ["o-1", "o-2"])
    closed: set[str] = field(default_factory=set)
    brands: dict[str, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    former: dict[int, ItemPart | LevelPart] = field(default_factory=dict)
    left: Decimal | None = None
    before: Callable[[str], object] = lambda _: None
    calls: list[str] = field(default_factory=list)
    dice: Random | None = None

    def save(self, member: str, parent: str | None = None, **fields: Any) -> int:
        """Save a row of the catalogue; return its version."""
        fields = {"name": member, "price": Decimal(1), **fields}
        above = MemberId(parent) if parent else None
        row = ItemPart(MemberId(member), self._next(), above, fields=MemberFields(**fields))
        return self._put(self.rows, row.member, row)

    def delete(self, member: str) -> int:
        """Delete a row; a tombstone is left."""
        row = replace(self.rows[MemberId(member)], version=self._next(), deleted=True)
        return self._put(self.rows, row.member, row)

    def level(self, member: str, on_hand: int, outlet: str = "o-1") -> int:
        """Move a level; return its version."""
        row = LevelPart(MemberId(member), outlet, self._next(), Decimal(on_hand))
        return self._put(self.stock, (row.member, outlet), row)

    def _put[K, P: (ItemPart, LevelPart)](self, rows: dict[K, P], key: K, row: P) -> int:
        if key in rows:
            self.former[row.version] = rows[key]
        rows[key] = row
        return row.version

    def _readable[P: (ItemPart, LevelPart)](self, row: P) -> P | None:
        """Return the row as it can be read: before a change is committed, as it was."""
        before: Any = row
        while before is not None and before.version in self.hidden:
            before = self.former.get(before.version)
        return before  # type: ignore[no-any-return]  # former rows are of the same kind

    def _next(self) -> int:
        self.version += 1
        return self.version

    def levels(self, after: Cursor) -> SourcePage[LevelPart]:
        self._called("levels")
        return self._page(list(self.stock.values()), after)

    def items(self, after: Cursor) -> SourcePage[ItemPart]:
        self._called("items")
        return self._page(list(self.rows.values()), after)

    def _page[P: (ItemPart, LevelPart)](self, rows: list[P], after: Cursor) -> SourcePage[P]:
        readable = (self._readable(each) for each in rows)
        new = [each for each in readable if each is not None and each.version > after]
        some = sorted(new, key=lambda each: each.version)[: self.page]
        return SourcePage(self.mixed(some), Cursor(some[-1].version if some else after), self.page)

    def mixed[P](self, rows: Sequence[P]) -> tuple[P, ...]:
        """Return the rows of a page in some order, some of them twice where there is `dice`."""
        some: list[P] = list(rows)
        if dice := self.dice:
            some += [each for each in rows if dice.random() < 0.2]
            dice.shuffle(some)
        return (*some,)

    def item(self, member: MemberId) -> ItemPart | None:
        self._called("item")
        row = self.rows.get(member)
        return None if row is None or row.deleted else row

    def names(self) -> Mapping[str, str]:
        self._called("names")
        return dict(self.brands)

    def outlets(self) -> Sequence[Outlet]:
        self._called("outlets")
        return [Outlet(each, each, each not in self.closed) for each in self.outlets_there]

    def facts(self) -> PosFacts:
        self._called("facts")
        return PosFacts("Shop", "EUR", tax_in_prices=True, quota=350)

    @property
    def quota_left(self) -> Decimal | None:
        return self.left

    def _called(self, name: str) -> None:
        self.before(name)
        self.calls.append(name)
