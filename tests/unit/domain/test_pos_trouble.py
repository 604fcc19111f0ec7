"""What people are told of a store whose POS is in trouble."""

from dataclasses import replace

import pytest

from tests.builders import a_connection
from tillbridge.domain.backlog import StoreFigures
from tillbridge.domain.connection import StoreState
from tillbridge.domain.health import Health, health_of
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_trouble import PosTrouble, with_trouble

STORE = a_connection()
TROUBLE = PosTrouble(STORE.pos_account.key, "pos_token_dead", "Connect it again.")


def test_a_store_that_is_active_needs_attention_while_its_pos_does() -> None:
    told = with_trouble(STORE, TROUBLE)
    assert (told.attention_code, told.attention_words) == ("pos_token_dead", "Connect it again.")
    assert health_of(StoreFigures(told.store, told), (), 0, 0) is Health.NEEDS_ATTENTION


@pytest.mark.parametrize("state", [StoreState.PAUSED, StoreState.NEEDS_ATTENTION])
def test_what_stops_the_store_itself_is_said_first(state: StoreState) -> None:
    stopped = replace(STORE, state=state, attention_words="Its own.")
    assert with_trouble(stopped, TROUBLE) == stopped


def test_trouble_that_is_over_or_of_an_account_that_it_had_before_is_not_told() -> None:
    assert with_trouble(STORE, None) == STORE
    assert with_trouble(STORE, replace(TROUBLE, account=PosAccountKey("other"))) == STORE
