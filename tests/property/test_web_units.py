"""No unit that the web has sold is offered again, whatever is late, lost, doubled or restored."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.examples import examples
from tests.property.web_machine import Begun, WebUnitsMachine
from tests.property.web_rules import BROKEN, Rules


def test_no_level_offers_what_the_web_has_sold_and_at_rest_both_sides_agree() -> None:
    run_state_machine_as_test(
        WebUnitsMachine, settings=settings(max_examples=examples(100), stateful_step_count=30)
    )


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_rule_is_found(broken: str) -> None:
    class Broken(WebUnitsMachine):
        rules_of_the_domain: Rules = BROKEN[broken]
        begins = Begun.SHRUNK
        is_late = True if "late" in broken else None

    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Broken,
            settings=settings(
                # It ends at the first that fails, mostly among a few hundred. Which they are
                # depends on what else this process has loaded: Hypothesis tries its numbers.
                max_examples=10_000,
                stateful_step_count=15,
                derandomize=True,
                database=None,
                phases=(Phase.generate,),
                print_blob=False,
            ),
        )
