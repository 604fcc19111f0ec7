"""Visits of pages in one line, and pages read as a browser reads them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from bs4 import BeautifulSoup

from tests.console.catalogue import NOW_MS, SHOP
from tests.console.shop import OLIVIA, Shop
from tillbridge.console.routes import ROUTES
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person

TOKEN = "the-form-token"
S = f"/stores/{SHOP}"
KEYS = (b"k" * 32,)


@dataclass(frozen=True)
class Seen:
    """An answer, and its page as a tree."""

    answer: Answer

    @cached_property
    def tree(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.body, "html5lib")

    @property
    def text(self) -> str:
        return " ".join(self.tree.body.get_text(" ").split()) if self.tree.body else ""

    def texts(self, selector: str) -> list[str]:
        return [" ".join(each.get_text().split()) for each in self.tree.select(selector)]

    def values(self, selector: str, name: str) -> list[str]:
        return [str(each.get(name, "")) for each in self.tree.select(selector)]


def visit(
    shop: Shop,
    path: str,
    *,
    method: str = "GET",
    person: Person = OLIVIA,
    form: Mapping[str, Sequence[str]] | None = None,
    headers: dict[str, str] | None = None,
    now_ms: int = NOW_MS,
    stores: Sequence[StoreId] = (SHOP,),
    asked: Mapping[str, str] | None = None,
    **query: str,
) -> Seen:
    """Return what a page answers. Raise LookupError for an address that no route has."""
    for route in ROUTES:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path)
        match = re.fullmatch(pattern, path)
        if match is None or route.method != method:
            continue
        values = {name: unquote(unquote(each)) for name, each in match.groupdict().items()}
        made = Visit(
            person=person,
            store=StoreId(values.get("store", "")),
            path=values,
            query={name: [value] for name, value in {**(asked or {}), **query}.items()},
            form=form or {},
            headers=headers or {},
            address=path,
            form_token=TOKEN,
            stores=stores,
            now_ms=now_ms,
            keys=KEYS,
        )
        return Seen(route.handler(made, shop.deps))
    raise LookupError(path)


def post(
    shop: Shop,
    path: str,
    fields: Mapping[str, str | Sequence[str]] | None = None,
    **form: str | Sequence[str],
) -> str:
    """Return where a form that was sent leads; 'status words' of a page that answers it instead."""
    values = {
        key: [value] if isinstance(value, str) else value
        for key, value in {**(fields or {}), **form}.items()
    }
    seen = visit(shop, path, method="POST", form=values)
    return seen.answer.location or f"{seen.answer.status} {seen.text}"
