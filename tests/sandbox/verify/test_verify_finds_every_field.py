"""Verify can fail: one value changed in the store behind its back is exactly what it reports."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.verify.shop import MUG, SHIRT, Shop

pytestmark = pytest.mark.enable_socket


def test_two_sides_that_agree_have_no_differences(shop: Shop) -> None:
    verdict = shop.verdict()
    assert verdict.mismatches == []
    assert verdict.ok
    assert (verdict.compared_products, verdict.compared_variants) == (4, 2)
