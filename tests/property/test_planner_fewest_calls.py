"""For any work, the plan costs the fewest calls, and each product stands in it once."""

from collections import Counter
from dataclasses import replace
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_link, a_plan, a_product, a_row, a_variant
from tests.examples import examples
from tillbridge.domain.call_sizes import PRODUCTS_A_CALL, VARIANTS_A_CALL
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import PosProductId, StoreProductId, StoreVariantId
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.product import Product

KINDS = ("new", "linked", "sized", "grown", "gone", "bad", "done", "strange")


def a_record(n: int, *, sizes: int = 0) -> Product:
    variants = tuple(
        a_variant(str(size), id=f"v-{n}-{size}", sku=f"SKU-{n}-{size}") for size in range(sizes)
    )
    return a_product(
        f"p-{n}",
        version=2,
        name=f"Lamp {n}",
        sku="" if sizes else f"SKU-{n}",
        stock=(),
        variants=variants,
    )


def linked(record: Product, n: int) -> Link:
    return a_link(
        record.id,
        id=StoreProductId(n + 1),
        name=record.name,
        sku=record.sku,
        variants={
            variant.id: LinkedVariant(
                StoreVariantId(1000 * (n + 1) + place), variant.sku, options=variant.option_values
            )
            for place, variant in enumerate(record.variants)
        },
    )


def work_of(n: int, kind: str, sizes: int, *, failed_before: bool) -> WorkItem:
    row = a_row(f"p-{n}", force=True, manual=True, attempts=int(failed_before))
    record = a_record(n, sizes=sizes if kind in ("sized", "grown") else 0)
    link: Link | None = linked(record, n)
    if kind == "new":
        link = None
    elif kind == "grown":
        link = linked(replace(record, variants=record.variants[1:]), n)
    elif kind == "gone":
        record = replace(record, deleted=True)
    elif kind == "bad":
        record = replace(record, name="")
    elif kind == "done":
        row, link = replace(row, force=False), replace(linked(record, n), content_version=2)
    elif kind == "strange":
        row = replace(row, force=False, manual=False)
        link = None
    return WorkItem((row,), record, link)


@st.composite
def work_items(draw: st.DrawFn, *, failed_before: bool | None = None) -> list[WorkItem]:
    kinds = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 60)), max_size=40))
    return [
        work_of(
            n,
            kind,
            sizes,
            failed_before=draw(st.booleans()) if failed_before is None else failed_before,
        )
        for n, (kind, sizes) in enumerate(kinds)
    ]


@settings(max_examples=examples(60))
@given(work_items(failed_before=False))
def test_a_plan_costs_creates_plus_a_tenth_of_the_products_plus_a_fiftieth_of_the_variants(
    todo: list[WorkItem],
) -> None:
    planned = a_plan(todo, Settings())
    variants = sum(len(work.record.variants) for work in planned.updates)
    products = len(planned.updates)
    least = (
        len(planned.creates) + ceil(products / PRODUCTS_A_CALL) + ceil(variants / VARIANTS_A_CALL)
    )
    assert planned.catalogue_calls == least


@settings(max_examples=examples(60))
@given(work_items())
def test_each_product_stands_in_the_plan_exactly_once(todo: list[WorkItem]) -> None:
    planned = a_plan(todo, Settings())
    stands = [
        *planned.skipped,
        *(work for work, _ in planned.refused),
        *planned.creates,
        *planned.restructures,
        *planned.updates,
    ]
    assert sorted(w.product for w in stands) == sorted(w.product for w in todo)


@settings(max_examples=examples(60))
@given(work_items())
def test_each_part_is_sent_exactly_once_and_no_call_is_too_large(todo: list[WorkItem]) -> None:
    planned = a_plan(todo, Settings())
    products = Counter(i.work.product for b in planned.product_batches for i in b.items)
    variants = Counter(i.id for b in planned.variant_batches for i in b.items)
    assert products == Counter(w.product for w in planned.updates)
    assert variants == Counter(
        known.id
        for w in planned.updates
        if not w.record.deleted
        for known in w.link.variants.values()
    )
    assert all(len(b.items) <= PRODUCTS_A_CALL for b in planned.product_batches)
    assert all(len(b.items) <= VARIANTS_A_CALL for b in planned.variant_batches)


@settings(max_examples=examples(60))
@given(work_items())
def test_what_failed_before_shares_no_call_with_another_product(todo: list[WorkItem]) -> None:
    planned = a_plan(todo, Settings())
    works_of = [[item.work for item in batch.items] for batch in planned.product_batches]
    works_of += [[item.work for item in batch.items] for batch in planned.variant_batches]
    for together in works_of:
        if any(work.solo for work in together):
            assert len({work.product for work in together}) == 1


@settings(max_examples=examples(60))
@given(work_items())
def test_nothing_impossible_and_nothing_unasked_is_ever_sent(todo: list[WorkItem]) -> None:
    planned = a_plan(todo, Settings())
    sent = [*planned.creates, *planned.updates, *planned.restructures]
    for work in sent:
        unnamed = work.left_out is not None and "name" in work.left_out.values
        assert work.record.name or work.record.deleted or unnamed
        assert work.link is None or work.link.status is LinkStatus.LINKED
        assert work.link is not None or work.manual


@given(st.permutations(range(12)))
def test_any_permutation_of_names_costs_at_most_one_more_call_per_ring(after: list[int]) -> None:
    todo = [
        WorkItem(
            (a_row(PosProductId(f"p-{n}")),),
            replace(a_record(n), name=f"Lamp {after[n]}"),
            linked(a_record(n), n),
        )
        for n in range(12)
    ]
    planned = a_plan(todo, Settings())
    releases = sum(not i.final for b in planned.product_batches for i in b.items)
    assert releases == _rings(after)


def _rings(after: list[int]) -> int:
    seen: set[int] = set()
    rings = 0
    for start in range(len(after)):
        length, at = 0, start
        while at not in seen:
            seen.add(at)
            at, length = after[at], length + 1
        rings += length > 1
    return rings
