"""What the probes that read say of an account where a fact is as it is hoped, and of one where it is not."""

from decimal import Decimal

import pytest

from cli.check_pos.lightspeed.client import Answer
from cli.check_pos.lightspeed.client import Shop as Asked
from tests.contract.check_lightspeed.accounts import Waiting, probed, scripted
from tests.sandbox.lightspeed_x.conftest import Shop, a_mug


def test_rows_that_stay_in_order_pass(pos: Shop, asked: Asked) -> None:
    a_mug(pos)
    verdict, words = probed(3, asked)
    assert (verdict, "no row became readable below" in words) == ("passed", True)


def test_a_late_commit_is_otherwise(pos: Shop, asked: Asked, clock: Waiting) -> None:
    pos.control.hold_commits()
    a_mug(pos, "p-late", name="Late", sku="LATE")
    pos.account.book.levels.holding = False  # what comes now is newer, and shows at once
    a_mug(pos)
    clock.meanwhile = pos.control.commit
    verdict, words = probed(3, asked)
    assert (verdict, "became readable below version" in words) == ("otherwise", True)


def test_an_account_without_a_level_cannot_tell(asked: Asked) -> None:
    assert probed(3, asked) == ("not run", "the account has no level yet")


def test_pages_that_are_cut_are_otherwise(pos: Shop, asked: Asked) -> None:
    for number in range(201):
        a_mug(pos, f"p-{number}", name=f"Mug {number}", sku=f"M{number}")
    assert probed(4, asked) == (
        "otherwise",
        "of 500 products that were asked for a page has 200, and more follow",
    )


def test_long_pages_pass_and_few_products_cannot_tell(pos: Shop, asked: Asked) -> None:
    a_mug(pos)
    verdict, words = probed(4, asked)
    assert (verdict, "1 product;" in words) == ("not run", True)

    def page(query: dict[str, str]) -> Answer:
        most = int(query["page_size"])
        rows = [{"version": number} for number in range(1, 301)]
        left = [each for each in rows if each["version"] > int(query["after"])]
        return Answer(200, {"data": left[:most]})

    assert probed(4, scripted({"GET /products": page})) == ("passed", "a page had 300 products")


def test_a_cost_is_told_with_its_scope_and_absent_without(pos: Shop, asked: Asked) -> None:
    a_mug(pos, cost="4.00")
    assert probed(11, asked) == ("passed", "costs are told (1 of 1 are not 0)")
    pos.control.grant(["products:read"])
    verdict, words = probed(11, asked)
    assert (verdict, "lacks product:cost:view" in words) == ("passed", True)


@pytest.mark.parametrize("costs", [[0, 0], [None]])
def test_costs_that_are_all_blank_cannot_tell(costs: list[int | None]) -> None:
    rows = [{"supply_price": each} for each in costs]
    verdict, words = probed(11, scripted({"GET /products": Answer(200, {"data": rows})}))
    assert (verdict, "no product has a cost" in words) == ("not run", True)


def test_costs_that_only_some_rows_tell_are_otherwise() -> None:
    rows = [{"supply_price": 4}, {}]
    assert probed(11, scripted({"GET /products": Answer(200, {"data": rows})})) == (
        "otherwise",
        "1 of 2 products tell a cost, the others nothing",
    )


def test_one_tax_for_all_outlets_passes(pos: Shop, asked: Asked) -> None:
    a_mug(pos)
    assert probed(12, asked) == (
        "passed",
        "all outlets have one tax; prices with tax are those without times 1.15",
    )


def test_two_taxes_are_otherwise() -> None:
    row = {"price_including_tax": Decimal("1.2"), "price_excluding_tax": 1}
    outlets = [{"default_tax_id": "a"}, {"default_tax_id": "b"}]
    shop = scripted(
        {
            "GET /products": Answer(200, {"data": [row]}),
            "GET /outlets": Answer(200, {"data": outlets}),
        }
    )
    verdict, words = probed(12, shop)
    assert (verdict, "2 outlets have 2 taxes" in words) == ("otherwise", True)


def test_an_account_without_a_search_cannot_tell(pos: Shop, asked: Asked) -> None:
    a_mug(pos)
    a_mug(pos, "p-cup", name="Cup", sku="CUP1")
    verdict, words = probed(14, asked)
    assert (verdict, words.startswith("there is no search (404")) == ("not run", True)


@pytest.mark.parametrize(("found", "verdict"), [(["a", "b"], "passed"), (["a"], "otherwise")])
def test_a_search_that_lags_is_otherwise(found: list[str], verdict: str) -> None:
    shop = scripted(
        {
            "GET /products": Answer(200, {"data": [{"sku": "A"}, {"sku": "B"}]}),
            "GET /search": Answer(200, {"data": [{"sku": each} for each in found]}),
        }
    )
    assert probed(14, shop)[0] == verdict
