"""What ports.pos_catalogue promises: the fake, the contract POS over HTTP, and X-Series over its simulator and a
mirror."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, override

import pytest

from sandbox.pos.server import PosServer
from tests.fakes.clock import FakeClock
from tests.fakes.pos_catalogue import FakePosCatalogue
from tests.lightspeed_imports import LAMP, SOCKS, CatalogueLab, Killed, dies_after
from tillbridge.adapters.http import Incoming, new_http_session
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue
from tillbridge.adapters.pos_session import PosCall
from tillbridge.domain.errors import Refused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.domain.product import Product
from tillbridge.ports.pos_catalogue import PosCatalogue, Taken


class PosWorld(Protocol):
    """A POS, a cold catalogue of it for each function, and what is in it."""

    def catalogue(self, most: int = 0) -> PosCatalogue:
        """Return a catalogue that is killed once `most` calls were answered; 0: never."""
        ...

    def names(self) -> list[str]: ...

    def sells(self, name: str, sku: str) -> None: ...


class FakeWorld:
    def __init__(self, *, knows_no_key: bool) -> None:
        self.fake = FakePosCatalogue()
        self.fake.knows_no_key = self.fake.names_once = knows_no_key

    def catalogue(self, most: int = 0) -> PosCatalogue:
        def die(_: PosProductId) -> None:
            if most:
                raise Killed

        self.fake.after_create = die
        return self.fake

    def names(self) -> list[str]:
        return sorted(record.name for record in self.fake.records.values())

    def sells(self, name: str, sku: str) -> None:
        self.fake.save(Product(PosProductId(f"p-{name}"), 1, name, sku=sku))


class ContractWorld:
    def __init__(self, server: PosServer) -> None:
        self._server = server
        self._http = new_http_session()

    def catalogue(self, most: int = 0) -> PosCatalogue:
        sent: list[PosCall] = []

        class Counted(PosCalls):
            @override
            def send(self, call: PosCall) -> Incoming:
                answer = super().send(call)
                sent.append(call)
                if len(sent) == most:
                    raise Killed
                return answer

        clock, token = FakeClock(), self._server.token
        calls = Counted(self._server.base_url, lambda _: token, clock, 2**53, self._http)
        return PosCloudCatalogue(calls)

    def names(self) -> list[str]:
        return sorted(product.name for product in self._server.cloud.catalogue.live())

    def sells(self, name: str, sku: str) -> None:
        self._server.cloud.save_product(f"p-{name}", name=name, sku=sku, price="5.00")

    def close(self) -> None:
        self._http.close()


class LightspeedWorld:
    def __init__(self) -> None:
        self.lab = CatalogueLab()

    def catalogue(self, most: int = 0) -> PosCatalogue:
        return self.lab.catalogue(dies_after(most))

    def names(self) -> list[str]:
        return [name for name, _ in self.lab.in_shop()]

    def sells(self, name: str, sku: str) -> None:
        self.lab.cloud.save_product(f"p-{name}", name=name, sku=sku, price="5.00")
        self.lab.polls()


@pytest.fixture(params=["fake", "fake without keys", "contract POS", "X-Series"])
def world(request: pytest.FixtureRequest) -> Iterator[PosWorld]:
    if request.param == "contract POS":
        with PosServer() as server:
            made = ContractWorld(server)
            yield made
            made.close()
    elif request.param == "X-Series":
        yield LightspeedWorld()
    else:
        yield FakeWorld(knows_no_key=request.param == "fake without keys")


def placed(catalogue: PosCatalogue, product: NewProduct) -> NewProduct:
    """Return the product with a department and a vendor of this POS."""
    department = catalogue.ensure_department("Lighting")
    return replace(
        product, department_id=department, vendor_id=catalogue.ensure_vendor("No Vendor")
    )


def create(world: PosWorld, product: NewProduct, most: int = 0, **again: bool) -> str:
    catalogue = world.catalogue(most)
    return catalogue.create(placed(catalogue, product), **({"again": False} | again)).id


@pytest.mark.parametrize("product", [LAMP, SOCKS], ids=["simple", "with variants"])
def test_a_created_product_is_read_back_as_it_was_sent(
    world: PosWorld, product: NewProduct
) -> None:
    catalogue = world.catalogue()
    made = catalogue.create(placed(catalogue, product), again=False)
    record = catalogue.read_back([made])[made.id].record
    assert (record.name, record.description, record.price) == (
        product.name,
        product.description,
        record.price if product.variants else product.price,
    )
    assert [(each.sku, each.product_number, each.option_values) for each in record.variants] == [
        (each.sku, each.product_number, each.options) for each in product.variants
    ]
    if not product.variants:
        assert (record.sku, record.product_number) == (product.sku, product.product_number)
    assert record.department == "Lighting"
    assert catalogue.products([record.id])[record.id] == record
    (found,) = [each for page in catalogue.changed(0) for each in page.products]
    assert found == record


@pytest.mark.parametrize("product", [LAMP, SOCKS], ids=["simple", "with variants"])
def test_created_again_it_is_the_same_product(world: PosWorld, product: NewProduct) -> None:
    first = create(world, product)
    assert create(world, product, again=True) == first
    assert world.names() == [product.name]


@pytest.mark.parametrize(
    "product",
    [LAMP, SOCKS, replace(SOCKS, track_stock=False)],
    ids=["simple", "with variants", "untracked"],
)
def test_killed_after_any_call_and_begun_again_it_is_there_once(
    world: PosWorld, product: NewProduct
) -> None:
    for most in range(1, 15):
        some = replace(product, name=f"{product.name} {most}", external_id=f"hash/{most}")
        some = _with_skus(some, most)
        killed = True
        with suppress(Killed):
            create(world, some, most)
            killed = False
        create(world, some, again=True)
        assert world.names().count(some.name) == 1, f"killed after call {most}"
        if not killed or isinstance(world, FakeWorld):
            return
    raise AssertionError("a create takes over fifteen calls")


def _with_skus(product: NewProduct, number: int) -> NewProduct:
    def numbered(sku: str) -> str:
        return f"{sku}N{number}"

    variants = tuple(replace(each, sku=numbered(each.sku)) for each in product.variants)
    return replace(product, sku=numbered(product.sku), variants=variants, upc="", gtin="")


@pytest.mark.parametrize("kind", ["ensure_department", "ensure_vendor"])
def test_there_is_one_of_a_name_however_often_it_is_asked_for(world: PosWorld, kind: str) -> None:
    def ensure(name: str) -> str:
        found: str = getattr(world.catalogue(), kind)(name)
        return found

    first = ensure("Garden")
    assert ensure("Garden") == ensure(" Garden ") == first
    assert ensure("Kitchen") != first


def test_a_sku_of_another_product_is_taken_and_nothing_is_made(world: PosWorld) -> None:
    world.sells("Other", LAMP.sku)
    with pytest.raises(Taken) as taken:
        create(world, LAMP)
    assert taken.value.what == "sku_taken"
    assert world.names() == ["Other"]
    create(world, replace(LAMP, sku="P0000027"))
    assert world.names() == ["Lamp", "Other"]


def test_a_department_that_is_none_is_refused_in_words(world: PosWorld) -> None:
    catalogue = world.catalogue()
    product = replace(placed(catalogue, LAMP), department_id="0" * 8)
    with pytest.raises(Refused) as refused:
        catalogue.create(product, again=False)
    assert not isinstance(refused.value, Taken)
    assert world.names() == []


def test_a_product_that_the_pos_does_not_show_is_left_out(world: PosWorld) -> None:
    catalogue = world.catalogue()
    made = catalogue.create(placed(catalogue, LAMP), again=False)
    assert catalogue.read_back([made, CreatedRecord("p-none", 1)]).keys() == {made.id}
