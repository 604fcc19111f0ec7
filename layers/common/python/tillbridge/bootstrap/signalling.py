"""How every function signals a store, and what tells its POS of web orders."""

from tillbridge.adapters import aws
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.environment import environment


def signals() -> SqsSignals:
    """Return the queues of signals and wakes."""
    env = environment()
    return SqsSignals(aws.sqs(), env.store_work_queue_url, env.wakes_queue_url)


def order_signals() -> SqsSignals:
    """Return the queues of signals and wakes of what tells the POS of web orders."""
    env = environment()
    return SqsSignals(aws.sqs(), env.orders_queue_url, env.wakes_queue_url, "orders")
