"""A name that is not there is made, while others make names too and answers are lost."""

import pytest

from tests.unit.adapters.canned_http import Step, answer
from tests.unit.adapters.lightspeed_x.rows import calls_on, page
from tillbridge.adapters.lightspeed_x.ensuring import NamesOfPos
from tillbridge.domain.errors import TillbridgeError

THERE = {"id": "n-1", "name": "Oak", "version": 3}


@pytest.mark.parametrize("kind", ["brand", "supplier"])
@pytest.mark.parametrize(
    "trouble",
    [
        answer(422, b'{"message": "A brand with this name already exists."}'),  # another made it
        answer(504),
        answer(200, b"<html>"),
        answer(200, b'{"data": null}'),
    ],
    ids=["refused", "lost", "no JSON", "no id"],
)
def test_after_any_trouble_with_a_new_name_it_is_looked_for_before_it_is_made_again(
    kind: str, trouble: Step
) -> None:
    calls, canned, _ = calls_on(page(), trouble, page(THERE), page())
    ensure = getattr(NamesOfPos(calls), kind)
    with pytest.raises(TillbridgeError):
        ensure("Oak")
    assert ensure(" oak ") == "n-1"
    assert [each.method for each in canned.asked].count("POST") == 1
