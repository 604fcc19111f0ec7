"""What the port of imports promises: one reservation per product, and the first outcome stays."""

from functools import partial

import pytest

from tests.builders import STORE
from tests.contract.ports.conftest import MakeTable
from tests.contract.ports.races import race
from tests.fakes.clock import FakeClock
from tests.fakes.imports import FakeImports
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.domain.ids import StoreProductId
from tillbridge.ports.imports import Imports, Outcome

LAMP, RUG = StoreProductId(101), StoreProductId(102)


@pytest.fixture(params=["fake", "dynamodb"])
def imports(request: pytest.FixtureRequest) -> Imports:
    if request.param == "fake":
        return FakeImports()
    make: MakeTable = request.getfixturevalue("make_table")
    client = request.getfixturevalue("dynamodb")
    return DynamoImports(client, make("CountersTable"), make("StoresTable"), FakeClock())


def told(imports: Imports, request: str) -> list[Outcome]:
    if isinstance(imports, FakeImports):
        mine = [o for (_, r, _), o in imports.outcomes.items() if r == request]
        return sorted(mine, key=lambda each: each.web)
    assert isinstance(imports, DynamoImports)
    return sorted(imports.outcomes(STORE, request), key=lambda each: each.web)


def test_reserved_skus_are_found_until_the_import_ends(imports: Imports) -> None:
    imports.begin(STORE, LAMP, ("P1", "P2"))
    assert imports.intents(STORE, [LAMP, RUG]) == {LAMP: ("P1", "P2")}
    imports.end(STORE, LAMP)
    imports.end(STORE, LAMP)
    assert imports.intents(STORE, [LAMP]) == {}


def test_who_begins_again_gets_what_was_reserved_first(imports: Imports) -> None:
    assert imports.begin(STORE, LAMP, ("P1",)) == ("P1",)
    assert imports.begin(STORE, LAMP, ("P2",)) == ("P1",)


def test_of_many_that_begin_at_once_all_get_the_same(imports: Imports) -> None:
    begins = [partial(imports.begin, STORE, LAMP, (f"P{n}",)) for n in range(8)]
    assert len(set(map(str, race(begins)))) == 1


def test_skus_the_pos_has_are_replaced(imports: Imports) -> None:
    imports.begin(STORE, LAMP, ("P1",))
    imports.change_skus(STORE, LAMP, ("P9",))
    assert imports.intents(STORE, [LAMP]) == {LAMP: ("P9",)}


def test_the_first_outcome_of_a_product_stays_per_request(imports: Imports) -> None:
    first = Outcome(LAMP, "imported", "is in the POS", "p-1", "Lamp", ("held so",))
    imports.report(STORE, "r", [first, Outcome(RUG, "refused", "no")])
    imports.report(STORE, "r", [Outcome(LAMP, "already_linked")])
    imports.report(STORE, "other", [Outcome(LAMP, "already_linked")])
    assert told(imports, "r") == [first, Outcome(RUG, "refused", "no")]
    assert [each.kind for each in told(imports, "other")] == ["already_linked"]


def test_pages_are_counted_once_however_often_they_are_cut(imports: Imports) -> None:
    for _ in range(2):
        imports.planned(STORE, "r", 0, 250, more=True)
        imports.planned(STORE, "r", 812, 3, more=False)
    if isinstance(imports, FakeImports):
        assert sorted(imports.pages.values()) == [(3, False), (250, True)]
    else:
        assert isinstance(imports, DynamoImports)
        assert imports.pages(STORE, "r") == [(250, True), (3, False)]
