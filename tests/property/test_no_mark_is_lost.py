"""No mark is lost between two drains and the events that come in meanwhile."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.examples import examples
from tests.fakes.pending import FakePending
from tests.property.drains import drains_of


def test_no_interleaving_of_marks_and_drains_loses_a_mark() -> None:
    run_state_machine_as_test(
        drains_of(FakePending()),
        settings=settings(max_examples=examples(150), stateful_step_count=25),
    )
