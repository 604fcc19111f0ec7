"""Transactions: all or nothing, for one item of a batch."""

from collections.abc import Callable

from sandbox.bigcommerce.state.store import Store


def all_or_nothing[Result](store: Store, work: Callable[[], Result]) -> Result:
    """Return what work returns; if it raises, undo what it wrote to the tables, the ledger and
    the outbox."""
    noted, told = len(store.ledger), len(store.outbox)
    store.db.run("SAVEPOINT work")
    try:
        result = work()
    except BaseException:
        store.db.run("ROLLBACK TO work")
        store.db.run("RELEASE work")
        del store.ledger[noted:]
        store.outbox.cut(told)
        raise
    store.db.run("RELEASE work")
    return result
