"""Brands, suppliers, categories and variant attributes, each with its id and version."""

from dataclasses import dataclass, replace

from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.versions import Versions
from sandbox.pos.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One brand, supplier, category or attribute; `parent_id` of a category that is no root."""

    id: str
    name: str
    version: int
    parent_id: str = ""


class Names:
    """Named rows of one kind by id, in the order they were made. The caller holds the lock."""

    def __init__(self, kind: str, versions: Versions) -> None:
        self.kind = kind
        self._versions = versions
        self._rows: dict[str, NamedRow] = {}
        self._first: dict[str, str] = {}
        """The id of the first row with a name, by `_key`."""
        self._made = 0
        self._gone: set[str] = set()
        """Names whose only row was deleted, by `_key`: the shop may still know them."""

    def add(self, name: str, parent_id: str = "", key: str = "") -> NamedRow:
        """Return a new row; nothing keeps two from bearing one name."""
        made = made_id(self.kind, key or f"{name}#{self._made}")
        self._made += 1
        row = NamedRow(made, name, self._versions.next(), parent_id)
        self._rows[made] = row
        self._first.setdefault(_key(name), made)
        self._gone.discard(_key(name))
        return row

    def rename(self, row: NamedRow, name: str) -> None:
        """Give a row another name, and a version."""
        self._rows[row.id] = replace(row, name=name, version=self._versions.next())
        self._index()

    def remove(self, row: NamedRow) -> None:
        """Forget a row; its name comes back with the next product that bears it."""
        del self._rows[row.id]
        self._index()
        if _key(row.name) not in self._first:
            self._gone.add(_key(row.name))

    def take_in(self, name: str) -> None:
        """Make a row for a name that the shop knows, unless it was deleted here."""
        if _key(name) not in self._gone:
            self.ensure(name)

    def _index(self) -> None:
        self._first = {}
        for each in self._rows.values():
            self._first.setdefault(_key(each.name), each.id)

    def ensure(self, name: str) -> NamedRow:
        """Return the first row with a name, case and outer blanks ignored, or a new one."""
        return self.called(name) or self.add(name.strip())

    def called(self, name: str, parent_id: str | None = None) -> NamedRow | None:
        """Return the first row with a name, of these children if a parent is given."""
        key = _key(name)
        if parent_id is None or key not in self._first:
            return self._rows.get(self._first.get(key, ""))
        children = (row for row in self._rows.values() if row.parent_id == parent_id)
        return next((row for row in children if _key(row.name) == key), None)

    def find(self, row_id: str) -> NamedRow | None:
        """Return a row, or None."""
        return self._rows.get(row_id)

    def every(self) -> list[NamedRow]:
        """Return all rows in the order of their versions."""
        return sorted(self._rows.values(), key=lambda row: row.version)

    def is_leaf(self, row_id: str) -> bool:
        """Return whether no row is below this one."""
        return all(row.parent_id != row_id for row in self._rows.values())

    def path(self, row: NamedRow) -> list[NamedRow]:
        """Return a row with those above it, the root first."""
        found = [row]
        while found[0].parent_id:
            found.insert(0, self._rows[found[0].parent_id])
        return found


def _key(name: str) -> str:
    return name.strip().casefold()


class NameBooks:
    """The four kinds of names; the shop's own names are taken in as they are met."""

    def __init__(self, catalogue: Catalogue, versions: Versions) -> None:
        self._catalogue = catalogue
        self.brands = Names("brand", versions)
        self.suppliers = Names("supplier", versions)
        self.categories = Names("category", versions)
        self.attributes = Names("attribute", versions)

    def take_in(self) -> None:
        """Take in the departments and vendors that the shop's staff made."""
        for named in self._catalogue.departments.since(0):
            self.categories.take_in(named.name)
        for named in self._catalogue.vendors.since(0):
            self.suppliers.take_in(named.name)
