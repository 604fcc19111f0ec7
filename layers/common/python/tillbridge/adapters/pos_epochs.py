"""The POS's ports in an epoch of its account: inside, versions are the POS's own numbers; outside, they
stand within the epoch (docs/adr/0020-versions-count-within-an-epoch.md)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import override

from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.new_product import ADOPTED, CreatedRecord, NewProduct
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.domain.versions import HIGHEST_NUMBER, cursor_in, number_of, version_of
from tillbridge.domain.web_orders.booking import Answer
from tillbridge.domain.web_orders.told import Told
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_catalogue import PosCatalogue, ReadBack
from tillbridge.ports.pos_feed import PosFeed, PosPage
from tillbridge.ports.pos_web_orders import ListedPage, Outcome, PosWebOrders


@dataclass(frozen=True, slots=True)
class PosInEpoch(Pos):
    """A POS whose account is in this epoch."""

    pos: Pos
    epoch: int

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        found = self.pos.products(ids)
        return {product: _dated(record, self.epoch) for product, record in found.items()}


@dataclass(frozen=True, slots=True)
class FeedInEpoch(PosFeed):
    """A feed in this epoch. A cursor of another epoch reads from the beginning."""

    feed: PosFeed
    epoch: int

    @override
    def changes(self, since: int) -> PosPage:
        return _page(self.feed.changes(cursor_in(since, self.epoch)), self.epoch)


@dataclass(frozen=True, slots=True)
class CatalogueInEpoch(PosCatalogue):
    """A catalogue in this epoch. A cursor of another epoch reads from the beginning."""

    catalogue: PosCatalogue
    epoch: int

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        return PosInEpoch(self.catalogue, self.epoch).products(ids)

    @override
    def changed(self, since: int) -> Iterator[PosPage]:
        for page in self.catalogue.changed(cursor_in(since, self.epoch)):
            yield _page(page, self.epoch)

    @override
    def ensure_department(self, name: str) -> str:
        return self.catalogue.ensure_department(name)

    @override
    def ensure_vendor(self, name: str) -> str:
        return self.catalogue.ensure_vendor(name)

    @override
    def create(self, product: NewProduct, *, again: bool) -> CreatedRecord:
        made = self.catalogue.create(product, again=again)
        return replace(made, version=_unless_adopted(made.version, self.epoch))

    @override
    def read_back(self, made: Sequence[CreatedRecord]) -> Mapping[str, ReadBack]:
        own = [replace(each, version=number_of(each.version)) for each in made]
        shown = self.catalogue.read_back(own)
        return {
            product: replace(
                each,
                record=_dated(each.record, self.epoch),
                version=_unless_adopted(each.version, self.epoch),
            )
            for product, each in shown.items()
        }


@dataclass(frozen=True, slots=True)
class WebOrdersInEpoch(PosWebOrders):
    """The web orders of a POS whose account is in this epoch. A cursor of another epoch reads from the
    beginning."""

    orders: PosWebOrders
    epoch: int

    @override
    def tell(self, external_id: str, order: Told) -> Outcome:
        outcome = self.orders.tell(external_id, order)
        return _answer(outcome, self.epoch) if isinstance(outcome, Answer) else outcome

    @override
    def booked(self, since: int) -> ListedPage:
        page = self.orders.booked(cursor_in(since, self.epoch))
        listed = (replace(each, answer=_answer(each.answer, self.epoch)) for each in page.orders)
        return replace(
            page, orders=tuple(listed), next_version=_version(page.next_version, self.epoch)
        )


def _answer(answer: Answer, epoch: int) -> Answer:
    effects = tuple(replace(each, version=_version(each.version, epoch)) for each in answer.effects)
    return replace(answer, epoch=epoch, effects=effects)


def _page(page: PosPage, epoch: int) -> PosPage:
    return replace(
        page,
        products=tuple(_dated(record, epoch) for record in page.products),
        next_version=_version(page.next_version, epoch),
        settled=_version(page.settled, epoch),
    )


def _dated(record: Product, epoch: int) -> Product:
    if record.version == NO_VERSION:
        return record
    return replace(record, version=_version(record.version, epoch))


def _unless_adopted(number: int, epoch: int) -> int:
    return number if number == ADOPTED else _version(number, epoch)


def _version(number: int, epoch: int) -> int:
    if not 0 <= number <= HIGHEST_NUMBER:
        raise PosDown(
            "The POS's answer holds a version that is no whole number from 0 to 2^63 - 1."
        )
    return version_of(epoch, number)
