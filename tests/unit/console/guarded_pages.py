"""Two pages of a console that remember who came."""

import pytest

from tests.console_house import (
    ConsoleHouse,
    a_route,
)
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.people import Right

PLANS = "/stores/demo/plans"


class Pages:
    """Two pages that remember who came."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.house = ConsoleHouse(
            [
                a_route("/stores/{store}/plans", self._took, method="POST", right=Right.ACT),
                a_route("/stores/{store}/pos", self._took, right=Right.SEE),
                a_route("/stores/{store}/products/{product}", self._took, right=Right.SEE),
            ]
        )

    def _took(self, visit: Visit, deps: object) -> Answer:
        self.visits.append(visit)
        return Answer("done")


@pytest.fixture
def pages() -> Pages:
    return Pages()
