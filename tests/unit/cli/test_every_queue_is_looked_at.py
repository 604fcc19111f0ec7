"""'Quiet' and 'nothing was lost' count every queue of the stack, also a new one."""

from cli.deployment.backlog import DEAD_LETTERS, QUEUES
from sandbox.aws.outputs import StackOutputs

NAMES = {name for name in StackOutputs.__dataclass_fields__ if name.endswith("_url")}


def test_every_dead_letter_queue_counts_as_lost() -> None:
    assert set(DEAD_LETTERS) == {name for name in NAMES if name.endswith("_dlq_url")}


def test_work_is_looked_for_in_every_queue_but_wakes_and_reconcile() -> None:
    assert set(QUEUES) == NAMES - set(DEAD_LETTERS) - {"wakes_queue_url", "reconcile_queue_url"}
