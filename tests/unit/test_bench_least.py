"""The least number of write calls, by which a push is measured."""

from typing import Any

from benches.helpers.least import least_calls


def _product(number: int, price: int = 1, sizes: int = 0) -> dict[str, Any]:
    variants = [
        {"id": number * 100 + n, "sku": f"{number}-{n}", "price": price, "option_values": [n]}
        for n in range(1, sizes + 1)
    ]
    return {"id": number, "price": price, "variants": variants}


def _store(*products: dict[str, Any], levels: int = 0) -> dict[str, Any]:
    stock = [{"product_id": n, "location_id": 1, "quantity": levels} for n in range(1, levels + 1)]
    return {"products": list(products), "stock": stock}


def test_nothing_that_differs_needs_no_call() -> None:
    assert least_calls(_store(_product(1)), _store(_product(1))) == 0


def test_eleven_new_prices_need_two_calls() -> None:
    before, after = ([_product(n, price) for n in range(11)] for price in (1, 2))
    assert least_calls(_store(*before), _store(*after)) == 2


def test_a_new_product_needs_its_create_and_its_channel() -> None:
    assert least_calls(_store(), _store(_product(1))) == 2
    assert least_calls(_store(), _store(*(_product(n) for n in range(251)))) == 251 + 2


def test_what_is_pushed_literally_counts_with_all_its_variants() -> None:
    same = _store(_product(1, sizes=51), _product(2, sizes=3))
    assert least_calls(same, same, pushed={1}) == 1 + 2
    assert least_calls(same, same, pushed={2}) == 1 + 1


def test_a_variant_that_differs_is_batched_and_its_sku_goes_alone() -> None:
    after = _product(1, sizes=2)
    after["variants"][0]["price"] = 9
    after["variants"][1]["sku"] = "other"
    assert least_calls(_store(_product(1, sizes=2)), _store(after)) == 2


def test_two_thousand_levels_go_in_one_call() -> None:
    assert least_calls(_store(), _store(levels=2_000)) == 1
    assert least_calls(_store(), _store(levels=2_001)) == 2
