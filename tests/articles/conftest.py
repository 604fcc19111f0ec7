"""The articles are tested on real clients, a sandbox store and a sandbox POS; tables in memory."""

from collections.abc import Iterator

import pytest

from tests.harness import House


@pytest.fixture
def house() -> Iterator[House]:
    """A POS and a store that are connected and empty."""
    with House() as opened:
        yield opened
