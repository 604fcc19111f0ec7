"""Subscribing at X-Series: the address of a webhook ends in a key, which nobody else may learn."""

import json

import pytest

from tests.unit.adapters.canned_http import answer
from tests.unit.adapters.lightspeed_x.rows import calls_on
from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks
from tillbridge.domain.errors import Refused

ADDRESS = "https://x.example/hooks/pos/lightspeed-x/sesame"


def test_a_refusal_that_quotes_our_address_is_told_without_it() -> None:
    said = {"message": f"{ADDRESS} is no URL", "errors": {"url": f"{ADDRESS} is no URL"}}
    calls, _, _ = calls_on(answer(422, json.dumps(said).encode()))
    with pytest.raises(Refused) as refused:
        LightspeedHooks(calls).create("product.update", ADDRESS)
    assert str(refused.value) == "The POS refuses to tell of product.update (status 422)."
    assert "sesame" not in refused.value.said
    assert refused.value.__cause__ is None


def test_one_that_is_there_already_is_no_trouble() -> None:
    calls, canned, _ = calls_on(answer(409, b'{"error": "exists"}'))
    LightspeedHooks(calls).create("product.update", ADDRESS)
    assert len(canned.asked) == 1
