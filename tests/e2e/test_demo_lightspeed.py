"""`tillbridge demo --pos lightspeed`: the same day and oracle, on the simulator of a vendor's POS."""

import json

import pytest

from tests.e2e.conftest import Run


@pytest.mark.long
def test_every_promise_holds_where_a_third_of_the_webhooks_is_lost(tillbridge: Run) -> None:
    done = tillbridge(
        "demo", "--pos", "lightspeed", "--hooks-dropped", "30", "--seed", "11", "--json"
    )
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout)
    assert figures["promises_broken"] == []
    assert done.returncode == 0
    for name in ("mismatches", "bigcommerce_owned_touched", "duplicates"):
        assert figures[name] == [], name
    pos = figures["pos"]
    assert pos["own_429"] == 0
    assert 0 < sum(pos["calls"].values()) <= pos["most_calls"]
