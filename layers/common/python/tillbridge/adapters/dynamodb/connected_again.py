"""What is written of a store that is connected again, and on which condition: others change the rest meanwhile."""

from dataclasses import asdict
from typing import Any

from tillbridge.adapters.dynamodb import expressions
from tillbridge.domain.connection import Connection, StoreState

NO_TROUBLE = {"attention_code": "", "attention_words": "", "not_before_ms": 0, "failures": 0}
"""The attributes of a store that nothing keeps from being called, but for its state."""


def again(
    connection: Connection, seen: Connection, *, paused: bool, removed: bool = False
) -> dict[str, Any]:
    """Return the arguments of the update. `paused`: of a store that is paused then, and stays so; otherwise of one
    that is not. `removed`: of one that was removed then, and is not any more; otherwise of one that is connected."""
    values: dict[str, Any] = {
        "store_hash": connection.store_hash,
        "api_url": connection.api_url,
        "pos_account": connection.pos_account.key,
        "money": asdict(connection.money) if connection.money else None,
        **({} if paused else {**NO_TROUBLE, "state": StoreState.ACTIVE.value}),
    }
    sets, removes = expressions.written(values)
    removes += ["#ignored", *(("#removed_ms", "#removed_by") if removed else ())]
    if connection.store_hash != seen.store_hash:
        removes.append("#canary")
    condition = (
        "#store_hash = :seen_hash AND #api_url = :seen_url AND #pos_account = :seen_account"
        f" AND #state {'=' if paused else '<>'} :paused"
        f" AND attribute_{'' if removed else 'not_'}exists(#removed_ms)"
    )
    if not seen.hooks.key:
        sets.append("#hooks.#key = :key")
        condition += " AND #hooks.#key = :seen_key"
    known = {
        **values,
        "key": connection.hooks.key,
        "paused": StoreState.PAUSED.value,
        "seen_hash": seen.store_hash,
        "seen_url": seen.api_url,
        "seen_account": seen.pos_account.key,
        "seen_key": seen.hooks.key,
    }
    return expressions.update(sets, known, condition, removes)
