"""Undoing a push that somebody asked for: what it replaced comes back, and what was changed since stays."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_product, a_variant
from tests.unit.usecases.linking.linking_world import JOB, PushedByHand
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.product import Product


@pytest.fixture
def world() -> PushedByHand:
    world = PushedByHand()
    world.linked(a_product(price=Decimal(10)))
    return world


def full(world: PushedByHand, product: Product) -> None:
    """Let a change come by an event, and be pushed."""
    world.happens("product.saved", product)
    world.push_until_quiet()


def test_an_undo_of_a_push_puts_back_what_it_replaced_and_holds_it(world: PushedByHand) -> None:
    world.push_by_hand(a_product(version=2, name="Renamed", price=Decimal(12)))
    assert world.undo().done
    assert (world.online().name, world.price()) == ("Storm Lantern", Decimal(10))
    full(world, a_product(version=3, name="Renamed", price=Decimal(12), description="New"))
    assert (world.online().name, world.price()) == ("Storm Lantern", Decimal(10))
    assert world.online().fields["description"] == "New"
    full(world, a_product(version=4, name="Renamed", price=Decimal(13), description="New"))
    assert (world.online().name, world.price()) == ("Storm Lantern", Decimal(13))


def test_another_push_by_a_person_sends_no_value_that_an_undo_holds(world: PushedByHand) -> None:
    pushed = a_product(version=2, price=Decimal(12))
    world.push_by_hand(pushed)
    assert world.undo().done
    world.push_by_hand(pushed, job="the-next-job-of-a-push")
    assert world.price() == Decimal(10)


def test_one_field_is_put_back_and_the_others_stay_as_they_were_pushed(world: PushedByHand) -> None:
    world.push_by_hand(a_product(version=2, name="Renamed", price=Decimal(12)))
    assert world.undo(LANTERN, "price").done
    assert (world.online().name, world.price()) == ("Renamed", Decimal(10))
    assert world.undo(LANTERN, "name").done
    assert (world.online().name, world.price()) == ("Storm Lantern", Decimal(10))
    full(world, a_product(version=3, name="Renamed", price=Decimal(12)))
    assert (world.online().name, world.price()) == ("Storm Lantern", Decimal(10))


def test_one_field_of_the_first_push_after_a_link_is_put_back(world: PushedByHand) -> None:
    fields = {"description": "<b>Ours</b>", "price": Decimal(55)}
    web = world.web.seed("Rope (web)", "WEB-ROPE", **fields)
    rope = a_product(id=PosProductId("p-rope"), name="Rope", sku="ROPE", price=Decimal(3))
    world.pos.save(rope)
    assert world.link_by_hand("p-rope", web.id).done
    assert web.fields["price"] == Decimal(3)
    assert world.undo("p-rope", "price", job="").done
    assert (web.name, web.fields["price"]) == ("Rope", Decimal(55))


def test_what_was_changed_online_since_is_left_alone_and_named(world: PushedByHand) -> None:
    world.push_by_hand(a_product(version=2, name="Renamed", price=Decimal(12)))
    world.online().fields["price"] = Decimal(99)
    answer = world.undo()
    assert answer.done
    assert answer.words == "Changed in BigCommerce since, and left alone: price."
    assert world.outcome().words == answer.words
    assert world.outcome().did is Did.UNDONE
    assert (world.online().name, world.price()) == ("Storm Lantern", Decimal(99))
    assert set(world.link(LANTERN).held) == {"name"}


def test_what_the_pos_changed_since_is_left_alone_and_goes_out(world: PushedByHand) -> None:
    world.push_by_hand(a_product(version=2, price=Decimal(12)))
    world.happens("product.saved", a_product(version=3, price=Decimal(15)))
    answer = world.undo()
    assert not answer.done
    assert answer.words == (
        "Nothing was put back. Changed in the POS since, and left alone: price."
    )
    assert world.price() == Decimal(15)


def test_an_undo_that_comes_twice_changes_nothing_more(world: PushedByHand) -> None:
    world.push_by_hand(a_product(version=2, price=Decimal(12)))
    assert world.undo().done
    link, calls = world.link(LANTERN), len(world.writes())
    assert world.undo().done
    assert (world.link(LANTERN), len(world.writes())) == (link, calls)


def test_values_of_variants_are_put_back_by_the_calls_that_change_them(world: PushedByHand) -> None:
    world.linked(a_jumper("S", "M"))

    def online() -> dict[int, tuple[object, str]]:
        variants = world.online(JUMPER).variants.values()
        return {v.id: (v.fields.get("price"), v.fields.get("mpn") or "") for v in variants}

    before = online()
    dear = [a_variant(size, price=Decimal(77), mpn="M-9") for size in ("S", "M")]
    world.push_by_hand(a_jumper(version=2, variants=tuple(dear)))
    assert set(online().values()) == {(Decimal(77), "M-9")}
    assert world.undo(JUMPER).done
    assert online() == before
    full(world, a_jumper(version=3, variants=tuple(dear)))
    assert online() == before


def test_values_of_a_variant_that_is_gone_are_left_alone_and_named(world: PushedByHand) -> None:
    world.linked(a_jumper("S", "M"))
    dear = {size: a_variant(size, price=Decimal(77)) for size in ("S", "M")}
    world.push_by_hand(a_jumper(version=2, variants=tuple(dear.values())))
    full(world, a_jumper(version=3, variants=(dear["S"],)))
    answer = world.undo(JUMPER)
    assert answer.done
    assert "price of variants" in answer.words
    (left,) = world.online(JUMPER).variants.values()
    assert left.fields.get("price") != Decimal(77)


def test_a_push_that_changes_nothing_keeps_nothing(world: PushedByHand) -> None:
    world.push_by_hand(a_product(price=Decimal(10)))
    assert not world.befores.until(STORE, JOB)
    answer = world.undo()
    assert not answer.done
    assert "changed nothing" in answer.words


def test_visibility_comes_back_and_stays_until_the_pos_changes_it(world: PushedByHand) -> None:
    world.online().fields["is_visible"] = False
    world.push_by_hand(a_product(version=2, price=Decimal(12)))
    assert world.online().fields["is_visible"]
    assert world.undo().done
    full(world, a_product(version=3, price=Decimal(12)))
    assert not world.online().fields["is_visible"]


def test_an_undo_of_a_push_that_waits_is_refused_in_words(world: PushedByHand) -> None:
    world.ask(a_product(version=2, price=Decimal(12)), job=JOB)
    answer = world.undo()
    assert not answer.done
    assert "not through" in answer.words
    assert world.price() == Decimal(12)


@pytest.mark.parametrize(
    "gone", ["unlinked", "deleted online", "deleted in the POS", "linked anew"]
)
def test_what_is_not_there_any_more_says_so(world: PushedByHand, gone: str) -> None:
    world.push_by_hand(a_product(version=2, price=Decimal(12)))
    number = world.link(LANTERN).id
    assert number is not None
    if gone == "unlinked":
        world.people_ask(LinkRequestKind.UNLINK, (LANTERN, None))
        words = "not linked"
    elif gone == "linked anew":
        world.people_ask(LinkRequestKind.UNLINK, (LANTERN, None))
        other = world.web.seed("Another", "OTHER")
        assert world.link_by_hand(LANTERN, other.id).done
        words = "linked to another product"
    elif gone == "deleted online":
        world.web.remove(number)
        words = "shows no product"
    else:
        world.pos.save(a_product(version=3, deleted=True))
        words = "has no product"
    answer = world.undo()
    assert not answer.done
    assert words in answer.words, answer.words


def test_after_90_days_there_is_nothing_to_undo(world: PushedByHand) -> None:
    world.push_by_hand(a_product(version=2, price=Decimal(12)))
    world.clock.advance(90 * 24 * 3_600)
    answer = world.undo()
    assert not answer.done
    assert "90 days" in answer.words


def test_each_push_is_undone_by_its_own_job(world: PushedByHand) -> None:
    world.push_by_hand(a_product(version=2, price=Decimal(12)), job="the-first-job-of-two")
    world.push_by_hand(a_product(version=3, price=Decimal(15)), job="the-second-job-of-two")
    first = world.undo(job="the-first-job-of-two")
    assert (first.done, world.price()) == (False, Decimal(15))
    assert world.undo(job="the-second-job-of-two").done
    assert world.price() == Decimal(12)


def test_what_a_push_made_is_hidden_and_unlinked(world: PushedByHand) -> None:
    rope = a_product(id=PosProductId("p-rope"), name="Rope", sku="ROPE")
    world.push_by_hand(rope)
    web = world.online("p-rope")
    assert world.undo("p-rope", web=web.id, hides=True).done
    assert not web.fields["is_visible"]
    assert "p-rope" not in world.links.get(STORE, [PosProductId("p-rope")])
    assert world.outcome().words == "Hidden in BigCommerce, and unlinked. It was not deleted."
    assert world.undo("p-rope", web=web.id, hides=True).done


def test_what_was_linked_anew_is_not_hidden(world: PushedByHand) -> None:
    number = world.link(LANTERN).id
    assert number is not None
    answer = world.undo(web=number + 1, hides=True)
    assert not answer.done
    assert world.link(LANTERN).status is LinkStatus.LINKED
    assert world.online().fields["is_visible"]


@pytest.mark.parametrize("products", [1, 251])
def test_what_a_push_by_a_person_keeps_costs_no_call(products: int) -> None:
    spent = []
    for job in ("", JOB):  # of no job nothing is kept
        world = PushedByHand()
        mugs = [a_product(f"p-{n}", name=f"Mug {n}", sku=f"MUG-{n}") for n in range(products)]
        world.linked(*mugs)
        world.ask(*(replace(m, version=2, price=Decimal(12)) for m in mugs), job=job)
        spent.append(world.push_until_quiet().calls)
        assert len(world.befores.every) == (products if job else 0)
    assert spent[0] == spent[1]
    assert spent[1]["GET /catalog/products"] == -(-products // 250)


def test_a_push_because_of_an_event_keeps_nothing_and_reads_nothing(world: PushedByHand) -> None:
    world.happens("product.saved", a_product(version=2, price=Decimal(12)))
    assert "GET /catalog/products" not in world.push_until_quiet().calls
    assert not world.befores.every
