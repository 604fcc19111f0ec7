"""Each fact ruins what a client would believe that ignores it, and nothing for one that heeds it."""

import pytest

from tests.sandbox.lightspeed_x.conftest import Clock, Shop
from tests.sandbox.lightspeed_x.naive_clients import CLIENTS, Client

FACTS = [pytest.param(each, id=f"{n} {each.__name__}") for n, each in CLIENTS.items()]


def test_there_is_a_client_for_each_fact() -> None:
    assert [*CLIENTS] == [*range(1, 17)]


@pytest.mark.parametrize("client", FACTS)
def test_who_heeds_a_fact_is_right_and_who_ignores_it_is_wrong(
    clock: Clock, client: Client
) -> None:
    assert client(Shop(clock), True)
    assert not client(Shop(clock), False)
