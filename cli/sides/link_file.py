"""The links of a store as a file: CSV or JSON lines, written so that no cell is a formula, and read with words for
each row that says nothing sure."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any, NamedTuple

from cli.cannot_run import CannotRun
from cli.shown import shown
from tillbridge.adapters.bigcommerce.wire import HIGHEST_NUMBER
from tillbridge.adapters.borders.json_texts import is_broken
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Link

STORE_HASH, PRODUCT, NUMBER = "store_hash", "product_id", "bigcommerce_id"
NEEDED = (STORE_HASH, PRODUCT, NUMBER)
COLUMNS = (*NEEDED, "sku", "name", "variants")
"""The columns of a file, and the keys of a JSON line. Only those that are needed are read again; the rest is for
people, and to find a product by when a number is gone."""

MOST_ROWS = 1_000_000

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run, and what this file writes before it, however often it went through one."""

_SEPARATORS = ",;\t"
_TEXT_IN_JSON = (str, int)


class Row(NamedTuple):
    """A pair that a file names, and in which line."""

    line: int
    product: PosProductId
    number: StoreProductId


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row that cannot be used: its line, the field and what to do."""

    line: int
    field: str
    words: str


def as_csv(store_hash: str, links: Iterable[Link]) -> Iterator[str]:
    """Yield a CSV file line by line. A name that would control a terminal is shown; an id that would is left out by
    the caller (`fits_csv`)."""
    yield _csv_line(COLUMNS)
    for link in links:
        values = values_of(store_hash, link)
        variants = json.dumps(values["variants"]) if values["variants"] else ""
        cells = [str(values[name]) for name in COLUMNS[:-1]]
        yield _csv_line([_kept_text(shown(cell)) for cell in (*cells, variants)])


def as_json_lines(store_hash: str, links: Iterable[Link]) -> Iterator[str]:
    """Yield each link as a JSON object on a line of its own, in plain ASCII."""
    for link in links:
        yield json.dumps(values_of(store_hash, link)).replace("\x7f", "\\u007f") + "\n"


def fits_csv(link: Link) -> bool:
    """Return whether the id of a link is the same in a CSV file, which no terminal must suffer from."""
    return shown(link.product) == link.product


def read_rows(file: IO[bytes], store_hash: str, store: str) -> Iterator[Row | Unusable]:
    """Yield what each row of a file says. Raise CannotRun for a file that is none of links, or of another store."""
    lines = _lines(file)
    first = next(lines, "")
    if not first.strip():
        raise CannotRun("The file is empty. `tillbridge links export` writes one.")
    every = chain([first], lines)
    rows = _json_rows(every) if first.lstrip().startswith("{") else _csv_rows(every)
    for count, found in enumerate(rows):
        if count >= MOST_ROWS:
            raise CannotRun(f"The file has more than {MOST_ROWS:,} rows. Cut it into several.")
        if isinstance(found, Unusable):
            yield found
            continue
        line, values = found
        there = values[STORE_HASH].strip()
        if there and there.casefold() != store_hash.casefold():
            raise CannotRun(
                f"Line {line} is of the BigCommerce store '{shown(there[:64])}', and '{store}' is "
                f"'{store_hash}'. Numbers of one store mean other products in another. Nothing was done."
            )
        yield _row(line, values)


def values_of(store_hash: str, link: Link) -> dict[str, Any]:
    """Return a link as a file has it: the keys are COLUMNS."""
    variants = [
        {"id": pos_id, "bigcommerce_id": variant.id, "sku": variant.sku}
        for pos_id, variant in link.variants.items()
    ]
    known = (store_hash, link.product, link.id, link.sku, link.name, variants)
    return dict(zip(COLUMNS, known, strict=True))


def _csv_line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _kept_text(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _as_written(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _lines(file: IO[bytes]) -> Iterator[str]:
    # Spreadsheets write UTF-16 with its mark; bytes that are no UTF-8 are refused where they matter.
    begins = file.read(2)
    rest = _Again(begins, file)
    wide = begins in (b"\xff\xfe", b"\xfe\xff")
    yield from io.TextIOWrapper(
        io.BufferedReader(rest),
        encoding="utf-16" if wide else "utf-8-sig",
        errors="replace" if wide else "surrogateescape",
        newline="",
    )


class _Again(io.RawIOBase):
    """A file of which the first bytes were read, from its beginning: standard input cannot go back."""

    def __init__(self, begins: bytes, file: IO[bytes]) -> None:
        super().__init__()
        self._begins = begins
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        if self._begins:
            some, self._begins = self._begins[: len(room)], self._begins[len(room) :]
        else:
            some = self._file.read(len(room))
        room[: len(some)] = some
        return len(some)


def _csv_rows(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, str]] | Unusable]:
    first, skipped = next(lines), 0
    separator = ""
    if first.strip().lower().startswith("sep="):
        separator, first, skipped = first.strip()[4:5], next(lines, ""), 1
    separator = separator or max(_SEPARATORS, key=first.count)
    reader = csv.reader(chain([first], lines), delimiter=separator, strict=True)
    names = _header(reader)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as why:
            yield Unusable(line, "row", f"It is no CSV ({why}). Close its quotation marks.")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield Unusable(line, "row", "It has more cells than the header. Quote its separators.")
            continue
        padded = [*cells, *[""] * (len(names) - len(cells))]
        yield line, {name: _as_written(cell) for name, cell in zip(names, padded, strict=True)}


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        names = [cell.strip().casefold() for cell in next(reader, [])]
    except csv.Error as why:
        raise CannotRun(f"The header is no CSV ({why}).") from why
    missing = [name for name in NEEDED if names.count(name) != 1]
    if missing:
        found = shown(", ".join(names)[:200])
        raise CannotRun(
            f"The header needs the columns {', '.join(NEEDED)}, each once. It has: {found}."
        )
    return names


def _json_rows(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, str]] | Unusable]:
    for line, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            yield Unusable(line, "row", "It is no JSON object. Each line holds one.")
            continue
        yield line, {name: _text(found.get(name)) for name in NEEDED}


def _text(value: object) -> str:
    fits = isinstance(value, _TEXT_IN_JSON) and not isinstance(value, bool)
    try:
        return str(value) if fits else ""
    except ValueError:  # a number of thousands of digits
        return ""


def _row(line: int, values: dict[str, str]) -> Row | Unusable:
    product, number = values[PRODUCT], values[NUMBER].strip()
    if not values[STORE_HASH].strip():
        words = "It does not say of which store it is. Copy it from another row."
        return Unusable(line, STORE_HASH, words)
    if not product.strip() or len(product) > LONGEST_ID or is_broken(product):
        words = f"It is no id of a POS product. One has 1 to {LONGEST_ID} characters of UTF-8."
        return Unusable(line, PRODUCT, words)
    if not (number.isascii() and number.isdecimal() and len(number) < 20):
        words = (
            f"'{shown(number[:20])}' is no BigCommerce number. A spreadsheet may have changed it."
        )
        return Unusable(line, NUMBER, words)
    if not 1 <= int(number) <= HIGHEST_NUMBER:
        return Unusable(line, NUMBER, f"{number} is no BigCommerce number.")
    return Row(line, PosProductId(product), StoreProductId(int(number)))
