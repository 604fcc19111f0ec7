"""What a person accepts of a product's drift is told in its history."""

from dataclasses import dataclass, field
from typing import cast

from cli.asking.accepting import note_accepted
from cli.deployment.target import Target
from tests.builders import LANTERN, STORE
from tests.fakes.history import FakeHistory
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.findings import Difference
from tillbridge.domain.history.product_line import Did


@dataclass
class Shop:
    """A deployment in memory."""

    history: FakeHistory = field(default_factory=FakeHistory)


class _Busy(FakeHistory):
    def write(self, *_: object) -> None:
        raise RetryLater("busy")


DRIFT = [Difference("cost", "3", "4", variant="v-1"), Difference("name", "Mug", "Mug!")]


def test_it_is_told_what_bigcommerce_had_and_who_accepted_it() -> None:
    shop = Shop()
    note_accepted(cast(Target, shop), STORE, LANTERN, DRIFT)

    (line,) = shop.history.lines
    assert (line.did, line.product) == (Did.ACCEPTED, LANTERN)
    assert line.by
    assert {name: each.value for name, each in line.fields.items()} == {
        "v-1.cost_price": "4",
        "name": "Mug!",
    }


def test_a_history_that_fails_takes_nothing_back() -> None:
    note_accepted(cast(Target, Shop(_Busy())), STORE, LANTERN, DRIFT)
