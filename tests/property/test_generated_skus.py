"""The SKUs that import issues: what a till, a spreadsheet and a tired person need of them."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.fakes.counters import FakeCounters
from tillbridge.domain.generated_skus import ALPHABET, FIRST, LAST, counter_of, sku_of
from tillbridge.usecases.import_products.skus import BLOCK, SkuIssuer

counters = st.integers(0, LAST)


def test_the_first_counter_is_the_sku_that_the_reference_names() -> None:
    assert sku_of(FIRST) == "P0009RGJ"


@given(counters)
def test_a_sku_is_letters_and_digits_that_nobody_confuses(counter: int) -> None:
    sku = sku_of(counter)
    assume(sku is not None)
    assert sku is not None
    assert re.fullmatch(r"P[0-9A-HJKMNP-TV-Z]{7}", sku)


@given(counters, st.booleans())
def test_a_sku_leads_back_to_its_counter_in_any_case(counter: int, lower: bool) -> None:
    sku = sku_of(counter)
    assume(sku is not None)
    assert sku is not None
    assert counter_of(sku.lower() if lower else sku) == counter


@given(counters, st.integers(1, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(counter: int, place: int, wrong: str) -> None:
    sku = sku_of(counter)
    assume(sku is not None and sku[place] != wrong)
    assert sku is not None
    assert counter_of(sku[:place] + wrong + sku[place + 1 :]) is None


@given(st.lists(st.integers(0, 5_000), min_size=2, max_size=50, unique=True))
def test_two_counters_have_two_skus(some: list[int]) -> None:
    found = [sku for each in some if (sku := sku_of(FIRST + each)) is not None]
    assert len(set(found)) == len(found)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 150)), max_size=20))
def test_issuers_of_one_account_never_issue_a_sku_twice(asked: list[tuple[int, int]]) -> None:
    one_account = FakeCounters()
    issuers = [SkuIssuer(one_account, "pos") for _ in range(3)]
    issued = [sku for who, count in asked for sku in issuers[who].issue(count)]
    assert len(set(issued)) == len(issued) == sum(count for _, count in asked)


def test_a_block_of_counters_serves_most_of_its_size() -> None:
    # About one check character in nine is I, L, O or U.
    usable = sum(sku_of(FIRST + place) is not None for place in range(100 * BLOCK))
    assert 0.85 < usable / (100 * BLOCK) < 0.92


def test_a_counter_is_never_lowered() -> None:
    one = FakeCounters()
    one.raise_to("pos", 50_000)
    one.raise_to("pos", 20_000)
    assert one.take("pos", 1) == range(50_000, 50_001)
