"""`tillbridge demo --web-orders`: shop and web sell the same goods, and the judge finds nothing."""

import json

import pytest

from tests.e2e.conftest import Run

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@pytest.mark.parametrize("hooks", [(), ("--hooks-off",)])
def test_a_saturday_in_the_local_world_keeps_every_promise(
    tillbridge: Run, hooks: tuple[str, ...]
) -> None:
    words = ("demo", "--web-orders", "--seed", "7", "--speed", "20", "--json", *hooks)
    done = tillbridge(*words, timeout=900)
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout)
    assert figures["promises_broken"] == []
    assert done.returncode == 0
    assert figures["orders_placed"] == figures["orders_booked_once"] > 100
    assert figures["slices_killed"] > 0
    assert (figures["hook_calls"] > 0) is not bool(hooks)


def test_a_demo_of_its_own_takes_no_option_of_another(tillbridge: Run) -> None:
    done = tillbridge("demo", "--web-orders", "--drift")
    assert done.returncode == 2
    assert "--web-orders is a demo of its own" in done.stderr
