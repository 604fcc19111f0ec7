"""How every function signals a store, what tells its POS of web orders, and what polls it."""

from tillbridge.adapters import aws
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.environment import environment, pos_polls_queue_url
from tillbridge.ports.pokes import Pokes


def signals() -> SqsSignals:
    """Return the queues of signals and wakes."""
    env = environment()
    return SqsSignals(aws.sqs(), env.store_work_queue_url, env.wakes_queue_url)


def pokes() -> Pokes | None:
    """Return what asks for polls, None where no POS is polled."""
    url = pos_polls_queue_url()
    return AwsPokes(aws.dynamodb(), environment().pending_table, aws.sqs(), url) if url else None


def order_signals() -> SqsSignals:
    """Return the queues of signals and wakes of what tells the POS of web orders."""
    env = environment()
    return SqsSignals(aws.sqs(), env.orders_queue_url, env.wakes_queue_url, "orders")
