"""What the port of links promises of new links, kept by the fake and by DynamoDB."""

from dataclasses import replace
from functools import partial

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_link, a_variant, an_intent
from tests.contract.ports.linked import NAME_TAKEN, the_link
from tests.contract.ports.races import race
from tillbridge.domain.errors import Conflict
from tillbridge.domain.ids import PosProductId, StoreProductId, StoreVariantId
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus
from tillbridge.domain.validation import problems
from tillbridge.ports.links import Links


def test_the_intent_to_create_is_written_before_anything_is_sent(links: Links) -> None:
    intent = an_intent(highest_id=100, creating_ms=5, name="Storm Lantern")
    links.begin(STORE, intent)

    assert the_link(links) == intent


@pytest.mark.parametrize(
    "there",
    [
        a_link(),
        a_link(status=LinkStatus.FAILED, problem=NAME_TAKEN),
    ],
    ids=["linked", "linked and refused since"],
)
def test_no_creation_begins_for_a_linked_product(links: Links, there: Link) -> None:
    links.linked(STORE, replace(there, status=LinkStatus.LINKED, problem=None))
    if there.status is LinkStatus.FAILED:
        links.failed(STORE, replace(there, failed_version=2))
    with pytest.raises(Conflict):
        links.begin(STORE, an_intent())

    assert the_link(links).id == 101


def test_the_most_text_a_product_may_have_fits_into_its_link(links: Links) -> None:
    sizes = [f"{n:>0200}" for n in range(200)]
    colours = ["C" * 150, "D" * 150, "E" * 150]
    options = [(("Size", size), ("Colour", colour)) for size in sizes for colour in colours]
    jumper = a_jumper(
        variants=tuple(
            a_variant(str(n), option_values=each) for n, each in enumerate(options[:600])
        )
    )
    assert problems(jumper) == []
    assert problems(replace(jumper, images=("https://shop.example/" + "x" * 20_000,))) != []
    shown = tuple(
        LinkedVariant(StoreVariantId(n), v.sku, "f" * 20, 2_147_483_647, v.option_values)
        for n, v in enumerate(jumper.variants, start=10**9)
    )
    variants = {v.id: linked for v, linked in zip(jumper.variants, shown, strict=True)}
    links.linked(STORE, a_link(jumper.id, variants=variants))

    assert len(links.get(STORE, [jumper.id])[jumper.id].variants) == 600


def test_no_creation_begins_while_another_is_under_way(links: Links) -> None:
    links.begin(STORE, an_intent(highest_id=100))
    with pytest.raises(Conflict):
        links.begin(STORE, an_intent(highest_id=200))

    assert the_link(links).highest_id == 100


def test_a_product_that_was_refused_before_it_was_linked_may_begin_again(links: Links) -> None:
    links.failed(STORE, Link(LANTERN, LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=1))
    links.begin(STORE, an_intent())

    assert the_link(links) == an_intent()


def test_a_broken_link_may_begin_again_and_lets_go_of_the_deleted_product(links: Links) -> None:
    links.linked(STORE, a_link())
    links.failed(STORE, a_link(status=LinkStatus.BROKEN, problem=NAME_TAKEN, failed_version=1))
    links.begin(STORE, an_intent())

    assert the_link(links) == an_intent()
    assert links.holders(STORE, [StoreProductId(101)]) == {}


def test_of_many_that_begin_at_once_one_does(links: Links) -> None:
    for number in range(10):
        product = PosProductId(f"p-{number}")
        outcomes = race([partial(links.begin, STORE, an_intent(product)) for _ in range(8)])
        assert sorted(type(outcome).__name__ for outcome in outcomes) == [
            *["Conflict"] * 7,
            "NoneType",
        ]


def test_of_many_that_begin_again_over_a_broken_link_one_does(links: Links) -> None:
    for number in range(5):
        product = PosProductId(f"p-{number}")
        links.linked(STORE, a_link(product, id=StoreProductId(number + 1)))
        links.failed(STORE, replace(the_link(links, product), status=LinkStatus.BROKEN))
        outcomes = race([partial(links.begin, STORE, an_intent(product)) for _ in range(6)])
        assert [type(o) for o in outcomes].count(type(None)) == 1
        assert all(isinstance(o, Conflict | None) for o in outcomes)


def test_a_created_product_is_linked_both_ways(links: Links) -> None:
    links.begin(STORE, an_intent())
    links.linked(STORE, a_link())

    assert the_link(links) == a_link()
    assert links.holders(STORE, [StoreProductId(101), StoreProductId(5)]) == {101: LANTERN}


def test_linking_twice_is_linking_once(links: Links) -> None:
    links.linked(STORE, a_link())
    links.linked(STORE, a_link())

    assert the_link(links) == a_link()


def test_a_redelivered_link_does_not_undo_what_was_pushed_since(links: Links) -> None:
    links.linked(STORE, a_link())
    links.pushed(STORE, [a_link(content_version=9, name="Gale Lantern")])
    links.stocked(STORE, [a_link(stock_version=9, level=77)])
    links.linked(STORE, a_link())

    assert the_link(links) == a_link(
        content_version=9, name="Gale Lantern", stock_version=9, level=77
    )


def test_a_bigcommerce_product_belongs_to_one_pos_product(links: Links) -> None:
    links.linked(STORE, a_link(LANTERN))
    with pytest.raises(Conflict):
        links.linked(STORE, a_link(JUMPER))

    assert links.get(STORE, [JUMPER]) == {}
    assert links.holders(STORE, [StoreProductId(101)]) == {101: LANTERN}


def test_a_lost_contest_leaves_the_intent_as_it_was(links: Links) -> None:
    links.linked(STORE, a_link(LANTERN))
    links.begin(STORE, an_intent(JUMPER))
    with pytest.raises(Conflict):
        links.linked(STORE, a_link(JUMPER))

    assert the_link(links, JUMPER) == an_intent(JUMPER)


def test_a_linked_product_is_not_linked_to_another(links: Links) -> None:
    links.linked(STORE, a_link())
    with pytest.raises(Conflict):
        links.linked(STORE, a_link(id=StoreProductId(102)))

    assert the_link(links).id == 101
    assert links.holders(STORE, [StoreProductId(102)]) == {}


def test_a_broken_link_moves_to_another_product_and_lets_go_of_the_old(links: Links) -> None:
    links.linked(STORE, a_link())
    links.failed(STORE, a_link(status=LinkStatus.BROKEN, failed_version=1))
    links.linked(STORE, a_link(id=StoreProductId(102)))

    assert the_link(links).id == 102
    assert links.holders(STORE, [StoreProductId(101), StoreProductId(102)]) == {102: LANTERN}


def test_of_many_that_want_one_bigcommerce_product_one_gets_it(links: Links) -> None:
    for number in range(1, 8):
        wanted = StoreProductId(number)
        rivals = [PosProductId(f"p-{number}-{rival}") for rival in range(6)]
        outcomes = race([partial(links.linked, STORE, a_link(p, id=wanted)) for p in rivals])
        winners = [p for p, o in zip(rivals, outcomes, strict=True) if o is None]
        assert len(winners) == 1
        assert all(isinstance(outcome, Conflict | None) for outcome in outcomes)
        assert links.holders(STORE, [wanted]) == {wanted: winners[0]}
        assert set(links.get(STORE, rivals)) == set(winners)


def test_of_many_that_link_one_pos_product_one_does(links: Links) -> None:
    for number in range(8):
        product = PosProductId(f"p-{number}")
        ids = [StoreProductId(number * 10 + rival) for rival in range(6)]
        outcomes = race([partial(links.linked, STORE, a_link(product, id=i)) for i in ids])
        winners = [i for i, o in zip(ids, outcomes, strict=True) if o is None]
        assert len(winners) == 1
        assert all(isinstance(outcome, Conflict | None) for outcome in outcomes)
        assert the_link(links, product).id == winners[0]
        assert links.holders(STORE, ids) == {winners[0]: product}


def test_of_many_that_mend_one_broken_link_one_does(links: Links) -> None:
    for number in range(8):
        product = PosProductId(f"p-{number}")
        links.linked(STORE, a_link(product, id=StoreProductId(1_000 + number)))
        links.failed(STORE, replace(the_link(links, product), status=LinkStatus.BROKEN))
        ids = [StoreProductId(number * 10 + rival + 1) for rival in range(6)]
        outcomes = race([partial(links.linked, STORE, a_link(product, id=i)) for i in ids])
        (winner,) = [i for i, o in zip(ids, outcomes, strict=True) if o is None]
        assert the_link(links, product).id == winner
        assert links.holders(STORE, [*ids, StoreProductId(1_000 + number)]) == {winner: product}
