"""How every function signals a store."""

from tillbridge.adapters import aws
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.environment import environment


def signals() -> SqsSignals:
    """Return the queues of signals and wakes."""
    env = environment()
    return SqsSignals(aws.sqs(), env.store_work_queue_url, env.wakes_queue_url)
