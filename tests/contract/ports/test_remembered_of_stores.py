"""What the port of stores promises of what is remembered of a store: categories, fields that a batch
ignores, and products that went back."""

from dataclasses import replace

from tests.builders import STORE, a_connection
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreId, StoreProductId
from tillbridge.domain.safety_stock import MOST_VARIANTS, KeptUnits, LearnedSafety, Variant
from tillbridge.domain.went_back import MOST_WENT_BACK


def test_categories_are_added_to_those_remembered(stores: KeptStores) -> None:
    stores.remember_categories(STORE, {"chandlery": 7, "knits": 8})
    stores.remember_categories(STORE, {"knits": 18, "lamps": 9})
    stores.remember_categories(STORE, {})
    stores.remember_categories(LIGHTHOUSE, {"other": 1})

    assert stores.categories(STORE) == {"chandlery": 7, "knits": 18, "lamps": 9}
    assert stores.categories(StoreId("new")) == {}


def test_more_categories_than_one_write_takes_are_remembered(stores: KeptStores) -> None:
    many = {f"category {number}": number for number in range(60)}
    stores.remember_categories(STORE, many)

    assert stores.categories(STORE) == many


def test_what_a_batch_ignores_is_added_to_what_is_remembered(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    stores.save_connection(a_connection(LIGHTHOUSE))
    stores.remember_ignored(STORE, {"upc", "price"})
    stores.remember_ignored(STORE, {"price", "cost_price"})
    ignored = frozenset({"upc", "price", "cost_price"})
    assert stores.find(STORE) == a_connection(ignored=ignored)
    assert stores.find(LIGHTHOUSE) == a_connection(LIGHTHOUSE)

    stores.set_state(a_connection(failures=2))
    assert stores.find(STORE) == a_connection(failures=2, ignored=ignored)
    stores.save_connection(a_connection(ignored=ignored))
    assert stores.find(STORE) == a_connection(ignored=ignored)
    stores.save_connection(a_connection())
    assert stores.find(STORE) == a_connection()


def test_what_is_remembered_of_a_removed_store_does_not_bring_it_back(stores: KeptStores) -> None:
    stores.remember_ignored(STORE, {"upc"})

    assert stores.find(STORE) is None


def test_a_store_remembers_what_went_back_until_it_is_settled(stores: KeptStores) -> None:
    products = [PosProductId(f"p-{n}") for n in range(4)]
    assert stores.went_back(STORE) == []
    stores.note_went_back(STORE, products[:3])
    stores.note_went_back(STORE, products[2:])
    assert stores.went_back(STORE) == products
    assert stores.went_back(LIGHTHOUSE) == []
    stores.settle_went_back(STORE, [*products[:2], PosProductId("never noted")])
    assert stores.went_back(STORE) == products[2:]
    stores.settle_went_back(STORE)
    assert stores.went_back(STORE) == []


def test_a_store_remembers_only_so_many_of_a_whole_pos_that_went_back(stores: KeptStores) -> None:
    for start in range(0, 1_000, 250):
        stores.note_went_back(STORE, [PosProductId(f"p-{n}") for n in range(start, start + 250)])
    assert len(stores.went_back(STORE)) == MOST_WENT_BACK


def test_settling_what_was_never_noted_does_nothing(stores: KeptStores) -> None:
    stores.settle_went_back(STORE, [PosProductId("p-1")])
    stores.settle_went_back(STORE)
    assert stores.went_back(STORE) == []


LAMP = PosProductId("p-lamp")
LEARNED = LearnedSafety(
    4, {(LAMP, None): KeptUnits(2, 20_000), (LAMP, PosVariantId("v-é")): KeptUnits(0, 20_001)}
)


def test_what_a_store_learned_is_kept_and_connecting_again_keeps_it(stores: KeptStores) -> None:
    learns = a_connection(settings=Settings(learned_safety=LearnedSafety(4)))
    stores.save_connection(learns)
    stores.keep_safety(STORE, LEARNED)
    there = stores.find(STORE)
    assert there == a_connection(settings=Settings(learned_safety=LEARNED))
    stores.save_connection(there)
    assert stores.find(STORE) == there


def test_how_much_may_be_kept_at_most_is_the_setting_not_what_was_learned(
    stores: KeptStores,
) -> None:
    stores.save_connection(a_connection(settings=Settings(learned_safety=LearnedSafety(1))))
    stores.keep_safety(STORE, LEARNED)
    there = stores.find(STORE)
    assert there is not None
    assert there.settings.learned_safety == LearnedSafety(1, LEARNED.kept)


def test_nothing_is_kept_of_a_store_that_learns_none_any_more_or_is_gone(
    stores: KeptStores,
) -> None:
    stores.keep_safety(STORE, LEARNED)
    assert stores.find(STORE) is None
    stores.save_connection(a_connection())
    stores.keep_safety(STORE, LEARNED)
    assert stores.find(STORE) == a_connection()


def test_as_much_as_a_store_may_learn_fits_its_row(stores: KeptStores) -> None:
    long = "x" * 100
    kept: dict[Variant, KeptUnits] = {
        (PosProductId(f"{n:06}-{long}"), PosVariantId(f"{long}-{n}")): KeptUnits(3, 20_000)
        for n in range(MOST_VARIANTS)
    }
    learned = LearnedSafety(3, kept)
    stores.save_connection(a_connection(settings=Settings(learned_safety=LearnedSafety(3))))
    stores.keep_safety(STORE, learned)
    assert stores.find(STORE) == a_connection(settings=Settings(learned_safety=learned))


CANARY = Canary(StoreProductId(77), good_ms=5)


def test_a_canary_is_switched_on_kept_round_by_round_and_switched_off(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    stores.save_connection(a_connection(LIGHTHOUSE))
    stores.set_canary(STORE, CANARY)
    assert stores.find(STORE) == a_connection(canary=CANARY)
    gone_on = replace(CANARY, good_ms=9, counter=4, written_ms=8)
    stores.keep_canary(STORE, gone_on)
    there = stores.find(STORE)
    assert there == a_connection(canary=gone_on)
    stores.save_connection(there)
    assert stores.find(STORE) == there
    assert stores.find(LIGHTHOUSE) == a_connection(LIGHTHOUSE)
    stores.set_canary(STORE, None)
    assert stores.find(STORE) == a_connection()


def test_a_round_under_way_brings_no_canary_back_that_was_switched_off(stores: KeptStores) -> None:
    stores.keep_canary(STORE, CANARY)
    stores.set_canary(STORE, CANARY)
    assert stores.find(STORE) is None
    stores.save_connection(a_connection())
    stores.keep_canary(STORE, CANARY)
    assert stores.find(STORE) == a_connection()
    anew = Canary(StoreProductId(78), good_ms=6)
    stores.set_canary(STORE, anew)
    stores.keep_canary(STORE, CANARY)
    assert stores.find(STORE) == a_connection(canary=anew)
