"""Categories, suppliers, brands and attributes of X-Series by name: found, or made.

X-Series makes a second supplier of one name without a word. A store's imports are one line, so nobody else makes
one meanwhile; what was made before is found in the list of all, which is read once for each message."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from tillbridge.adapters.borders.values import RecordId, SoundText, complaint
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.lightspeed_x.named import categories
from tillbridge.adapters.lightspeed_x.pages import every, read
from tillbridge.adapters.lightspeed_x.shape import products_in
from tillbridge.adapters.lightspeed_x.wire import MaybeDate, MaybeId, id_of
from tillbridge.adapters.pos_session import body_of
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.errors import PosDown, Refused, RetryLater
from tillbridge.domain.names import folded

log = logging.getLogger(__name__)

_CATEGORIES, _SUPPLIERS = "/product_categories", "/suppliers"
_BRANDS, _ATTRIBUTES = "/brands", "/variant_attributes"


class KnownRow(Record):
    """Anything that has a name. `parent_category_id`: of a category below another."""

    id: RecordId
    name: SoundText
    parent_category_id: MaybeId = None
    deleted_at: MaybeDate = None


class NamesOfPos:
    """The names of the retailer that `calls` reaches, as far as they were read."""

    def __init__(self, calls: LightspeedCalls) -> None:
        self._calls = calls
        self._known: dict[str, list[KnownRow]] = {}

    def forget(self) -> None:
        """Read all lists anew when they are needed: a name may be gone from the POS."""
        self._known.clear()

    def category(self, name: str) -> str:
        """Return the id of the category of this name that has none below it, for X-Series assigns no other. Of
        several, that which stands highest counts; where it has some below it, one of its own name
        below it is found, or made."""
        rows = self._rows(_CATEGORIES)
        parents = {each.id: each.parent_category_id for each in rows}
        same = sorted(_called(name, rows), key=lambda each: len(list(_above(each.id, parents))))
        above = set(parents.values())
        for each in same:
            if each.id not in above and same[0].id in (each.id, *_above(each.id, parents)):
                return each.id
        return self._make_category(name.strip(), same[0].id if same else None)

    def supplier(self, name: str) -> str:
        """Return the id of the supplier of this name."""
        # Since 2026-07 a new one has to say how to reach it, though it need not say anything.
        return self._ensured(_SUPPLIERS, name, {"contact": {}})

    def brand(self, name: str) -> str:
        """Return the id of the brand of this name."""
        return self._ensured(_BRANDS, name)

    def attribute(self, name: str) -> str:
        """Return the id of the attribute of this name, such as a size."""
        return self._ensured(_ATTRIBUTES, name)

    def _ensured(self, path: str, name: str, more: Mapping[str, object] | None = None) -> str:
        found = next(_called(name, self._rows(path)), None)
        if found is not None:
            return found.id
        return self._make(path, name.strip(), {"name": name.strip(), **(more or {})})

    def _make_category(self, name: str, parent: str | None) -> str:
        wanted = {"name": name, **({"parent_category_id": parent} if parent else {})}
        body = {"categories": [wanted]}
        return self._make(f"{_CATEGORIES}/bulk", name, body, known_as=_CATEGORIES, parent=parent)

    def _make(
        self,
        path: str,
        name: str,
        body: dict[str, Any],
        *,
        known_as: str = "",
        parent: str | None = None,
    ) -> str:
        try:
            answer = body_of(self._calls.send(Ask("POST", path, body=body, repeatable=False)))
        except (Refused, RetryLater):
            self.forget()  # somebody else may have made it, or we, and the answer was lost
            raise
        data = answer.get("data") if isinstance(answer, dict) else None
        if isinstance(data, list):
            data = data[0] if data else None
        made = id_of(data if isinstance(data, dict) else {"id": data})
        if made is None:
            self.forget()
            raise PosDown(f"The POS's answer to a new name has no id ({path}).")
        row = KnownRow(id=made, name=name, parent_category_id=parent)
        self._known.setdefault(known_as or path, []).append(row)
        return made

    def _rows(self, path: str) -> list[KnownRow]:
        if path not in self._known:
            self._known[path] = list(_readable(_LISTS[path](self._calls)))
        return self._known[path]


def _called(name: str, rows: Iterable[KnownRow]) -> Iterator[KnownRow]:
    key = folded(name)
    return (each for each in rows if folded(each.name) == key)


def _above(category: str, parents: dict[str, str | None]) -> Iterator[str]:
    """Yield the categories above one, nearest first; a circle ends."""
    seen: set[str] = set()
    above = parents.get(category)
    while above is not None and above not in seen:
        yield above
        seen.add(above)
        above = parents.get(above)


def _readable(rows: Iterable[Any]) -> Iterator[KnownRow]:
    for row in rows:
        try:
            found = KnownRow.model_validate(row)
        except ValidationError as error:
            told = {"why": complaint(error)}
            log.error("a name of the POS cannot be read", extra=told)  # noqa: TRY400 - a traceback would quote the record
            continue
        if found.deleted_at is None:
            yield found


def _attributes(calls: LightspeedCalls) -> Iterator[Any]:
    yield from products_in(_ATTRIBUTES, read(calls, Ask("GET", _ATTRIBUTES)))


_LISTS: dict[str, Callable[[LightspeedCalls], Iterator[Any]]] = {
    _CATEGORIES: categories,
    _SUPPLIERS: lambda calls: every(calls, _SUPPLIERS),
    _BRANDS: lambda calls: every(calls, _BRANDS),
    _ATTRIBUTES: _attributes,
}
