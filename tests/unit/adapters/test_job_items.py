"""Outcomes of jobs as keys of an index."""

from tests.builders import LANTERN, STORE
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.job_items import newest_outcomes
from tillbridge.domain.history.product_line import Did


def outcome(product: str, word: str) -> Item:
    where = keys.key(keys.product_history(STORE, product), f"{keys.moment(1_000)}#a")
    return {**where, "did_to": {"S": f"1{word}#"}}


def test_an_outcome_that_only_another_release_knows_spoils_no_job() -> None:
    found = newest_outcomes(
        STORE, [outcome("p-new", "teleported"), outcome(LANTERN, "updated")], more=False
    )
    assert found.did == {LANTERN: Did.UPDATED}
