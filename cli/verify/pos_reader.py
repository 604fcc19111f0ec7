"""Reading a POS, whichever it is, through its own API: never what tillbridge keeps of it, or tillbridge would be
compared with itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from cli.verify import pos_by_contract, pos_by_lightspeed
from cli.verify.model import Json, PosSide
from cli.verify.reading import Reader, ReadFailedError


@dataclass(frozen=True, slots=True)
class PosApi:
    """How one kind of POS is read. Records come out in the shape of contracts/pos-api.openapi.yaml, which
    the rules for their values are written for; a key that the POS does not have is left out."""

    open: Callable[[PosSide], Reader]
    all_records: Callable[[Reader], dict[str, Json]]
    records_of: Callable[[Reader, Iterable[str]], dict[str, Json]]


OF_KIND: Mapping[str, PosApi] = {
    "contract": PosApi(
        pos_by_contract.open_contract, pos_by_contract.all_records, pos_by_contract.records_of
    ),
    "lightspeed-x": PosApi(
        pos_by_lightspeed.open_lightspeed,
        pos_by_lightspeed.all_records,
        pos_by_lightspeed.records_of,
    ),
}
"""By the kind of the POS account. A vendor's API goes here."""


@dataclass(frozen=True, slots=True)
class PosReader:
    """A POS that is open for reading; `http` is its API."""

    api: PosApi
    http: Reader

    def all_records(self) -> dict[str, Json]:
        """Return the newest version of every product, by id, deleted ones too. Raise ReadFailedError."""
        return self.api.all_records(self.http)

    def records_of(self, ids: Iterable[str]) -> dict[str, Json]:
        """Return the newest records of these products, by id, without unknown ones. Raise ReadFailedError."""
        return self.api.records_of(self.http, ids)


@contextmanager
def open_pos(pos: PosSide) -> Iterator[PosReader]:
    """Give a reader of the POS. Raise ReadFailedError for a kind that nobody here can read."""
    api = OF_KIND.get(pos.kind)
    if api is None:
        raise ReadFailedError(
            f"This command line cannot read a POS of the kind '{pos.kind}'. Install the release that is"
            " deployed."
        )
    with api.open(pos) as http:
        yield PosReader(api, http)
