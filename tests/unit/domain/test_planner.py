"""From links and POS records to the fewest calls."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.builders import (
    a_jumper,
    a_link,
    a_plan,
    a_product,
    a_row,
    a_variant,
    an_intent,
    linked_variants,
)
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.mapping import fingerprint
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.product import Product

SETTINGS = Settings()


def a_work(record: Product, link: Link | None = None, *, attempts: int = 0) -> WorkItem:
    return WorkItem((a_row(record.id, force=True, manual=True, attempts=attempts),), record, link)


def an_update(n: int, *, attempts: int = 0, **changes: Any) -> WorkItem:
    record = a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}")
    link = a_link(record.id, id=StoreProductId(1000 + n), name=record.name, sku=record.sku)
    return a_work(replace(record, version=2, **changes), link, attempts=attempts)


def test_products_go_ten_a_call() -> None:
    planned = a_plan([an_update(n) for n in range(25)], SETTINGS)
    assert [len(batch.items) for batch in planned.product_batches] == [10, 10, 5]


def test_variants_go_fifty_a_call_across_products() -> None:
    work_items = []
    for n in range(20):
        sizes = ("S", "M", "L")
        record = a_jumper(
            id=f"p-{n}",
            name=f"Jumper {n}",
            sku=f"J{n}",
            version=2,
            variants=tuple(a_variant(s, sku=f"J{n}-{s}") for s in sizes),
        )
        link = a_link(
            record.id,
            id=StoreProductId(n + 1),
            name=record.name,
            sku=record.sku,
            variants=linked_variants(*sizes, first_id=1000 + n * 10),
        )
        work_items.append(a_work(record, link))
    planned = a_plan(work_items, SETTINGS)
    assert [len(batch.items) for batch in planned.variant_batches] == [50, 10]
    assert planned.catalogue_calls == 2 + 2


def test_what_failed_before_goes_alone() -> None:
    work_items = [an_update(n, attempts=int(n == 3)) for n in range(12)]
    planned = a_plan(work_items, SETTINGS)
    sizes = sorted(len(batch.items) for batch in planned.product_batches)
    assert sizes == [1, 1, 10]
    alone = [b.items[0].work.product for b in planned.product_batches if len(b.items) == 1]
    assert "p-3" in alone


def test_an_impossible_product_is_refused_and_its_neighbours_go() -> None:
    bad, good = an_update(1, unreadable="price"), an_update(2)
    planned = a_plan([bad, good], SETTINGS)
    refused = [("p-1", "pos_record_unreadable")]
    assert [(w.product, p.code) for w, p in planned.refused] == refused
    assert [w.product for w in planned.updates] == ["p-2"]


def test_an_impossible_value_is_left_out_and_the_rest_of_its_product_goes() -> None:
    planned = a_plan([an_update(1, name="", price=Decimal(7))], SETTINGS)
    ((update,),) = (batch.items for batch in planned.product_batches)
    assert "name" not in update.payload
    assert update.payload["price"] == 7
    assert update.work.left_out is not None
    assert update.work.left_out.problem.code == "name_blank"


def test_several_faults_are_told_in_one_refusal() -> None:
    asked = (a_row("p-1", manual=True),)
    planned = a_plan(
        [WorkItem(asked, a_product("p-1", name="", price=Decimal(-1)), None)], SETTINGS
    )
    ((_, problem),) = planned.refused
    assert "no name" in problem.words
    assert "price of the product is -1" in problem.words


def test_an_impossible_product_nobody_asked_to_create_is_not_even_mentioned() -> None:
    quiet = WorkItem((a_row(),), a_product(name=""), None)
    planned = a_plan([quiet], SETTINGS)
    assert planned.skipped == (quiet,)
    assert not planned.refused


def test_of_two_new_products_with_one_name_the_first_goes_and_the_second_names_it() -> None:
    first, second = a_product("p-1", sku="A"), a_product("p-2", sku="B", name="STORM LANTERN")
    planned = a_plan([a_work(first), a_work(second)], SETTINGS)
    assert [w.product for w in planned.creates] == ["p-1"]
    ((refused, problem),) = planned.refused
    assert refused.product == "p-2"
    assert problem.code == "name_taken"
    assert problem.blocked_by == "p-1"
    assert "Storm Lantern" in problem.words


def test_of_two_new_products_with_one_sku_the_second_names_the_first() -> None:
    first = a_product("p-1", name="One", sku="A-1")
    second = a_jumper(id="p-2", variants=(a_variant("S", sku="a-1"),))
    ((_, problem),) = a_plan([a_work(first), a_work(second)], SETTINGS).refused
    assert problem.code == "sku_taken"
    assert "p-1" in problem.words
    assert "a-1" in problem.words


def test_two_new_products_without_a_sku_are_no_duplicates() -> None:
    work_items = [a_work(a_product(f"p-{n}", name=f"Lamp {n}", sku="")) for n in range(2)]
    assert len(a_plan(work_items, SETTINGS).creates) == 2


def test_a_creation_under_way_is_planned_as_a_creation() -> None:
    planned = a_plan([WorkItem((a_row(),), a_product(), an_intent())], SETTINGS)
    assert len(planned.creates) == 1


def test_a_deleted_product_sends_its_visibility_and_nothing_else() -> None:
    gone = WorkItem((a_row(),), a_product(version=2, deleted=True), a_link())
    planned = a_plan([gone], SETTINGS)
    assert [item.payload for b in planned.product_batches for item in b.items] == [
        {"is_visible": False}
    ]


def test_a_deleted_product_is_hidden_whatever_is_wrong_with_it() -> None:
    gone = WorkItem((a_row(),), a_product(version=2, name="", deleted=True), a_link())
    assert not a_plan([gone], SETTINGS).refused


def test_variants_that_did_not_change_cost_nothing_when_the_store_wants_that() -> None:
    quiet = Settings(push_content=PushContent.WHEN_CHANGED)
    link = a_link("p-jumper", variants=linked_variants("S", "M"))
    first = a_plan([WorkItem((a_row("p-jumper"),), a_jumper(version=2), link)], quiet)
    assert len(first.variant_batches[0].items) == 2
    update = first.variant_batches[0].items[0]
    known = {
        **link.variants,
        update.variant: replace(
            link.variants[update.variant], fingerprint=fingerprint(update.payload)
        ),
    }
    again = a_plan(
        [WorkItem((a_row("p-jumper"),), a_jumper(version=2), replace(link, variants=known))], quiet
    )
    assert len(again.variant_batches[0].items) == 1


def test_a_swap_of_names_lets_go_first_with_a_temporary_name() -> None:
    one = an_update(1, name="Lamp 2")
    two = an_update(2, name="Lamp 1")
    planned = a_plan([one, two], SETTINGS)
    ranks = [batch.rank for batch in planned.product_batches]
    assert ranks == sorted(ranks)
    assert planned.ranks == range(-1, 2)
    release = planned.product_batches[0].items[0]
    assert not release.final
    assert set(release.payload) == {"name"}
    assert release.payload["name"].startswith("Tillbridge swap")


def test_a_refused_linked_product_is_planned_again_when_it_changed() -> None:
    link = a_link(status=LinkStatus.FAILED, failed_version=1)
    planned = a_plan([WorkItem((a_row(),), a_product(version=2), link)], SETTINGS)
    assert len(planned.updates) == 1
