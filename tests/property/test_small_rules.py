"""Rules of the domain that hold for any value."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_link, a_product
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.mapping import content, creation
from tillbridge.domain.names import CATEGORY_LIMIT, category_name, clean_name, name_key
from tillbridge.domain.product import StockLevel
from tillbridge.domain.stock import LARGEST, sellable
from tillbridge.domain.validation import problems
from tillbridge.domain.waiting import LONGEST_WAIT_MS, backoff_ms, stale_again_ms, wake_times
from tillbridge.domain.web_owned import BIGCOMMERCE_OWNED

AMOUNTS = st.decimals(-(10**12), 10**12, places=3)
LEVELS = st.lists(st.builds(StockLevel, st.sampled_from(["quay", "market"]), AMOUNTS, AMOUNTS))
POLICIES = st.builds(
    FieldPolicy, st.dictionaries(st.sampled_from(list(Field)), st.sampled_from(list(Mode)))
)
NAMES = st.text() | st.sampled_from(
    ["&amp;amp;amp;", " \x00 ", "\u00df\u1e9e", "&lt;b&gt;", "&amp\u037e", "&lt;\u0338b>"]
)


@given(NAMES)
def test_a_cleaned_name_is_still_the_same_name_and_without_entities_cleaning_it_changes_nothing(
    raw: str,
) -> None:
    assert name_key(clean_name(raw)) == name_key(raw)
    plain = clean_name(raw.replace("&", ""))
    assert clean_name(plain) == plain


@given(NAMES)
def test_a_category_name_fits_and_is_cut_the_same_way_every_time(raw: str) -> None:
    assert len(category_name(raw)) <= CATEGORY_LIMIT
    assert name_key(category_name(category_name(raw))) == name_key(category_name(raw))


@given(LEVELS, st.integers(0, 50))
def test_the_level_sent_is_never_negative_never_too_large_and_never_above_what_there_is(
    levels: list[StockLevel], safety: int
) -> None:
    found = sellable(levels, safety=safety)
    if found is None:
        assert not levels
        return
    free = sum((each.on_hand - each.committed for each in levels), Decimal(0))
    assert 0 <= found.level <= LARGEST
    assert found.level <= max(Decimal(0), free)
    assert found.debt == 0 or found.level == 0


@given(POLICIES, st.booleans())
def test_no_policy_whatever_sends_one_of_the_eight_on_an_update(
    policy: FieldPolicy, manual: bool
) -> None:
    assert not set(content(a_product(), policy, a_link(), manual=manual)) & BIGCOMMERCE_OWNED


@given(POLICIES)
def test_a_creation_always_carries_what_bigcommerce_demands(policy: FieldPolicy) -> None:
    assert {"name", "type", "price", "weight"} <= set(creation(a_product(), policy, []))


@given(NAMES, NAMES, AMOUNTS)
def test_whatever_is_wrong_is_told_in_words(name: str, sku: str, price: Decimal) -> None:
    for problem in problems(a_product(name=name, sku=sku, price=price)):
        assert problem.words.endswith(".")
        assert problem.code
        assert problem.field


@given(st.integers(0, 10_000))
def test_no_wait_is_longer_than_fifteen_minutes_or_shorter_than_a_second(attempts: int) -> None:
    assert 1_000 <= backoff_ms(attempts) <= LONGEST_WAIT_MS
    assert backoff_ms(attempts) <= backoff_ms(attempts + 1)


@given(st.integers(1, 2**50), st.integers(1, 2**50))
def test_a_stale_read_is_repeated_within_a_minute(since: int, now: int) -> None:
    assert now + 1_000 <= stale_again_ms(since, now) <= now + 60_000


@given(st.sets(st.integers(1, 900_000), max_size=300))
def test_every_wait_ends_with_a_wake_soon_after_and_few_wakes_serve_many(due: set[int]) -> None:
    wakes = wake_times(due, 0)
    for at in due:
        assert any(at <= wake <= at + max(1_000, at // 10) for wake in wakes)
    assert set(wakes) <= due
    assert len(wakes) <= 80
