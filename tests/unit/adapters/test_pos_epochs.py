"""The POS's ports in an epoch: numbers inside, versions outside."""

from collections.abc import Iterator, Mapping, Sequence
from typing import override

import pytest

from tests.builders import a_product
from tests.fakes.pos import FakePos
from tests.fakes.reconcile import FakeFeed
from tillbridge.adapters.pos_epochs import CatalogueInEpoch, FeedInEpoch, PosInEpoch
from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.new_product import ADOPTED, CreatedRecord, NewProduct
from tillbridge.domain.product import Product
from tillbridge.domain.versions import HIGHEST_NUMBER, version_of
from tillbridge.ports.pos_catalogue import PosCatalogue, ReadBack
from tillbridge.ports.pos_feed import PosPage

ONE, TWO = (a_product(f"p-{n}", version=n) for n in (1, 2))


class _Catalogue(PosCatalogue):
    asked: int | None = None

    @override
    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        return FakePos([ONE, TWO]).products(ids)

    @override
    def changed(self, since: int) -> Iterator[PosPage]:
        self.asked = since
        yield PosPage((ONE, TWO), next_version=2, more=False, settled=2)

    @override
    def ensure_department(self, name: str) -> str:
        return f"d-{name}"

    @override
    def ensure_vendor(self, name: str) -> str:
        return f"v-{name}"

    @override
    def create(self, product: NewProduct, *, again: bool) -> CreatedRecord:
        return CreatedRecord("p-9", ADOPTED if again else 9)

    @override
    def read_back(self, made: Sequence[CreatedRecord]) -> Mapping[str, ReadBack]:
        return {each.id: ReadBack(ONE, each.version) for each in made}


def test_records_stand_in_the_epoch() -> None:
    found = PosInEpoch(FakePos([ONE]), 3).products([ONE.id])
    assert found[ONE.id].version == version_of(3, 1)


def test_a_feed_goes_on_within_its_epoch_and_begins_anew_in_the_next() -> None:
    feed = FakeFeed(FakePos([ONE, TWO]))
    page = FeedInEpoch(feed, 3).changes(version_of(3, 1))
    assert feed.asked == [1]
    assert [each.version for each in page.products] == [version_of(3, 2)]
    assert page.next_version == page.settled == version_of(3, 2)
    FeedInEpoch(feed, 4).changes(page.next_version)
    assert feed.asked == [1, 0]


def test_a_catalogue_does_too_and_so_does_what_is_created_in_it() -> None:
    inner = _Catalogue()
    catalogue = CatalogueInEpoch(inner, 3)
    (page,) = catalogue.changed(version_of(2, 900))
    assert [each.version for each in page.products] == [version_of(3, 1), version_of(3, 2)]
    assert page.next_version == page.settled == version_of(3, 2)
    assert inner.asked == 0
    assert catalogue.products([TWO.id])[TWO.id].version == version_of(3, 2)
    new: NewProduct = None  # type: ignore[assignment]  # the fake does not look at it
    assert catalogue.create(new, again=False).version == version_of(3, 9)
    assert catalogue.create(new, again=True).version == ADOPTED
    for version in (version_of(3, 9), ADOPTED):
        back = catalogue.read_back([CreatedRecord("p-9", version)])["p-9"]
        assert (back.record.version, back.version) == (version_of(3, 1), version)
    assert (catalogue.ensure_department("x"), catalogue.ensure_vendor("y")) == ("d-x", "v-y")


@pytest.mark.parametrize("number", [-2, HIGHEST_NUMBER + 1, 10**40])
def test_a_number_that_would_reach_into_another_epoch_is_no_answer(number: int) -> None:
    pos = PosInEpoch(FakePos([a_product(version=number)]), 1)
    with pytest.raises(PosDown, match="whole number"):
        pos.products([a_product().id])
