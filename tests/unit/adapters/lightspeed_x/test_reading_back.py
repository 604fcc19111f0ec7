"""New products are read back through the mirror; and what imports do when X-Series refuses them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sandbox.lightspeed_x.state.config import AccountConfig
from tests.lightspeed_imports import SOCKS, CatalogueLab
from tests.mirrored import ACCOUNT
from tests.unit.adapters.lightspeed_x.created import (
    PLAIN,
    numbered,
    placed,
    read_back,
)
from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.new_product import ADOPTED, CreatedRecord

# --- read back --------------------------------------------------------------------------------


def test_the_mirrors_version_counts_where_nobody_edited_since(lab: CatalogueLab) -> None:
    back = read_back(lab, PLAIN)
    assert back.version == back.record.version > 0
    assert lab.pokes.count == 1


def test_an_edit_between_our_create_and_our_look_is_news(lab: CatalogueLab) -> None:
    catalogue = lab.catalogue()
    made = catalogue.create(placed(lab, PLAIN), again=False)
    # X-Series tells times in seconds; this test does not wait for the next.
    lab.account.book._created[made.id] = "2026-01-01T00:00:00+00:00"
    lab.cloud.save_product(lab.cloud.catalogue.live()[0].id, price="25.00")
    back = catalogue.read_back([made])[made.id]
    assert (back.record.price, back.version) == (Decimal(25), ADOPTED)


def test_it_waits_for_a_poll_that_comes_within_ten_seconds_and_no_longer(lab: CatalogueLab) -> None:
    for number, (delay, shown) in enumerate([(4.0, 1), (None, 0)]):
        lab.pokes.delay_s = delay
        catalogue = lab.catalogue()
        made = catalogue.create(numbered(placed(lab, PLAIN), number), again=False)
        began = lab.clock.now_ms()
        assert len(catalogue.read_back([made])) == shown
        assert lab.clock.now_ms() - began <= 10_000


def test_one_poke_and_one_wait_serve_a_whole_message(lab: CatalogueLab) -> None:
    catalogue, product = lab.catalogue(), placed(lab, PLAIN)
    lab.pokes.delay_s = 3.0
    made = [catalogue.create(numbered(product, n), again=False) for n in range(25)]
    lab.asked()
    assert len(catalogue.read_back(made)) == 25
    assert lab.pokes.count == 1
    assert lab.clock.slept == [0.5] * 6


def test_what_was_put_to_a_product_that_was_there_says_so(lab: CatalogueLab) -> None:
    catalogue = lab.catalogue()
    made = catalogue.create(placed(lab, SOCKS), again=False)
    shop = lab.cloud.catalogue.live()[0]
    variants = [
        {
            "id": each.id,
            "sku": each.sku,
            "price": "3.50",
            "option_values": [{"name": name, "value": value} for name, value in each.option_values],
        }
        for each in shop.variants
    ]
    theirs = {
        "sku": "THEIRS",
        "price": "3.50",
        "option_values": [{"name": "Size", "value": "XL"}, {"name": "Colour", "value": "red"}],
    }
    lab.cloud.save_product(shop.id, variants=[*variants, theirs])
    assert catalogue.read_back([made])[made.id].with_others


# --- trouble ----------------------------------------------------------------------------------


def test_a_refused_token_pokes_a_poll_which_renews_it(lab: CatalogueLab) -> None:
    with pytest.raises(PosDown, match="renewed") as told:
        lab.catalogue(token="dead").ensure_department("Lighting")
    assert told.value.wait == 30
    assert lab.pokes.count == 1


def test_a_missing_scope_needs_a_person(lab: CatalogueLab) -> None:
    product = placed(lab, PLAIN)
    scopes = sorted(AccountConfig().scopes - {"products:write"})
    lab.control.grant(scopes)
    with pytest.raises(NeedsAttention) as told:
        lab.catalogue().create(product, again=False)
    assert told.value.code == "pos_scope_missing"
    assert lab.pokes.count == 0


def test_an_account_in_trouble_takes_no_import(lab: CatalogueLab) -> None:
    product = placed(lab, PLAIN)
    state = lab.mirror.state(ACCOUNT)
    lab.mirror.keep_state(ACCOUNT, replace(state, trouble="pos_token_dead", words="Connect."))
    lab.asked()
    with pytest.raises(NeedsAttention, match="Connect"):
        lab.catalogue().create(product, again=False)
    assert lab.asked() == {}
    assert lab.pokes.count == 0, "its trouble is known"


def test_an_import_leaves_forty_percent_of_the_quota_to_others(lab: CatalogueLab) -> None:
    catalogue, product = lab.catalogue(), placed(lab, PLAIN)
    lab.control.spend(200)

    def message() -> list[CreatedRecord]:
        return [catalogue.create(numbered(product, n), again=False) for n in range(25)]

    with pytest.raises(PosDown) as told:
        message()
    assert told.value.wait > 0
    spent = 200 + len(lab.account.calls.every())
    assert 0.38 * 350 <= 350 - spent <= 0.4 * 350
