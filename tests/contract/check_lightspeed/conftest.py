"""An account of the simulator in this process, as `tillbridge check-pos lightspeed` asks it."""

from collections.abc import Iterator

import pytest

from cli.check_pos.lightspeed.client import Shop as Asked
from sandbox.lightspeed_x.server.in_process import ADDRESS
from tests.contract.check_lightspeed.accounts import Waiting
from tests.sandbox.lightspeed_x.conftest import Clock, Shop


@pytest.fixture
def pos() -> Iterator[Shop]:
    made = Shop(Clock())
    yield made
    made.session.close()


@pytest.fixture
def clock() -> Waiting:
    return Waiting()


@pytest.fixture
def asked(pos: Shop, clock: Waiting) -> Asked:
    return Asked(ADDRESS, pos.account.config.token, pos.session, clock)
