"""Who puts the events of a POS on the bus: said on AWS, known in the local world."""

from dataclasses import replace
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from tests.unit.cli.connecting.conftest import POS, an_account, connect


def test_on_aws_it_must_be_said_who_puts_the_events_on_the_bus(deployment: Any) -> None:
    with pytest.raises(CannotRun, match="--pos-sender"):
        connect(deployment, an_account("shop"), "t", replace(POS, sender=""))
    assert not deployment.secrets
    assert not deployment.stores.all()


def test_the_local_world_knows_who_puts_the_events_of_its_pos_on_the_bus(deployment: Any) -> None:
    deployment.endpoint_url = "http://127.0.0.1:1"
    made = connect(deployment, an_account("shop"), "t", replace(POS, sender=""))
    assert made.pos_account.source == "pos.reference"


@pytest.mark.parametrize(
    "sender", ["tillbridge.cli", "pos.", "pos.a b", "pos.a@1", "pos.a@", "aws.events", "pos.a\n"]
)
def test_a_sender_that_no_rule_lets_through_is_refused(deployment: Any, sender: str) -> None:
    with pytest.raises(CannotRun, match="is no sender"):
        connect(deployment, an_account("shop"), "t", replace(POS, sender=sender))
