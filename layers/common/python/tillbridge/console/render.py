"""Pages out of templates. Every text in them may come from a hostile place: it is escaped, always."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from markupsafe import Markup

from tillbridge.console.static_files import static_address
from tillbridge.console.visit import FORM_TOKEN, Visit
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_words import in_words
from tillbridge.domain.money_format import LONGEST_SHOWN, PLAIN, MoneyFormat, in_format
from tillbridge.domain.people import Right
from tillbridge.domain.view_rows import POS, ViewRow

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

_MINUS = "\N{MINUS SIGN}"
_COMMAND = re.compile(r"`(tillbridge [^`]+)`")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def page(template: str, visit: Visit, **values: object) -> str:
    """Return a page for a visit. `values` are the template's; a name that it lacks raises UndefinedError."""
    connection = values.get("connection")
    shared: dict[str, object] = {
        "visit": visit,
        "now_ms": visit.now_ms,
        "at": lambda *parts, **query: address(visit.store, *parts, **query),
        "may_act": bool(visit.store) and visit.person.may(Right.ACT, visit.store),
        "may_configure": bool(visit.store) and visit.person.may(Right.CONFIGURE, visit.store),
        "connection": None,
        "shown_name": connection.shown_name if isinstance(connection, Connection) else visit.store,
        "said": None,
        "tab": "",
    }
    return environment().get_template(template).render({**shared, **values})


def plain(template: str, **values: object) -> str:
    """Return a page that belongs to no visit: nobody is signed in, or something is broken."""
    return environment().get_template(template).render(values)


@cache
def environment() -> "Environment":
    """Return the environment of all templates, made once."""
    # The first page needs it. The API, the files and the way in need none, and it is a tenth of a start.
    from jinja2 import (  # noqa: PLC0415 - as said above
        Environment,
        FileSystemLoader,
        StrictUndefined,
        pass_context,
    )

    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "money": pass_context(_money_here),
        "whole": whole,
        "when": when,
        "ago": ago,
        "span": span,
        "took": in_words,
        "letter": letter,
        "commands": commands,
        "initials": initials,
    }
    made.globals |= {
        "static": static_address,
        "address": address,
        "product_at": product_at,
        "form_token_field": FORM_TOKEN,
    }
    return made


def address(store: StoreId, *parts: object, **query: object) -> str:
    """Return the address of a store's page: each part percent-encoded, blank values of the query left out. Parts
    are encoded twice, because an HTTP API decodes a path before it hands it on, all but '%25': 'a/b' would come
    as two parts."""
    path = "/".join(quote(quote(str(each), safe=""), safe="") for each in ("stores", store, *parts))
    asked = {key: value for key, value in query.items() if value not in ("", None)}
    return f"/{path}?{urlencode(asked)}" if asked else f"/{path}"


def product_at(store: StoreId, side: str, row: ViewRow) -> str:
    """Return the address of a row's product: that of its POS product, where it has one."""
    if side == POS:
        return address(store, "products", row.id)
    return address(store, "products", row.other) if row.other else address(store, "web", row.id)


def money(price: str, how: MoneyFormat | None = None) -> str:
    """Return a price as a store writes it or, where that is not known, in groups of three with two decimals or
    more; what is no number as it is."""
    return in_format(price, how or PLAIN)


def _money_here(context: "Context", price: str) -> str:
    """Return a price as the store of a page writes it."""
    connection = context.get("connection")
    return money(price, connection.money if connection else None)


def whole(count: str | int) -> str:
    """Return a count in groups of three, with a real minus; what is no number as it is."""
    text = str(count)
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > LONGEST_SHOWN:
        return text
    return f"{int(text):,}".replace("-", _MINUS)


def span(seconds: float) -> str:
    """Return how long something takes, in its two or three letters of unit: '4 s', '12 min', '3 h', '2 days'."""
    if seconds < _MINUTE:
        return f"{max(0, int(seconds))} s"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min"
    if seconds < 2 * _DAY:
        return f"{int(seconds // _HOUR)} h"
    return f"{int(seconds // _DAY)} days"


def when(ms: int) -> Markup:
    """Return a time element for a time (epoch ms): in UTC, and a script tells it in the reader's own zone."""
    moment = _moment(ms)
    return Markup('<time datetime="{}" data-at>{}</time>').format(
        _iso(moment), f"{moment.day} {moment:%b %H:%M} UTC"
    )


def ago(ms: int, now_ms: int) -> Markup:
    """Return a time element that says how long ago a time was (epoch ms), or, after a day, when; 'never' of 0."""
    if not ms:
        return Markup('<span class="soft">never</span>')
    seconds = (now_ms - ms) / 1_000
    if seconds >= _DAY:
        return when(ms)
    return Markup('<time datetime="{}" data-ago>{} ago</time>').format(
        _iso(_moment(ms)), span(seconds)
    )


def commands(words: str) -> Markup:
    """Return a sentence with its commands of ours typed, escaped. Other backticks may be a product's: they stay."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else part
        for place, part in enumerate(_COMMAND.split(words))
    )


def commands_plain(words: str) -> str:
    """Return a sentence for a script, which sets texts alone: its commands stand without backticks."""
    return _COMMAND.sub(r"\1", words)


def letter(name: str) -> str:
    """Return what stands for a product without a picture: the first letter or digit of its name."""
    return next((each.upper() for each in name if each.isalnum()), "?")[:1]


def initials(name: str) -> str:
    """Return the first letters of a person's first and last name."""
    words = name.split()
    return "".join(letter(each) for each in dict.fromkeys([*words[:1], *words[-1:]])) or "?"


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1_000, UTC)


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
