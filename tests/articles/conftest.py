"""The articles are tested with real clients, a sandbox store and a sandbox POS; the tables are in
memory."""

from collections.abc import Iterator

import pytest

from tests.harness import House


@pytest.fixture
def house() -> Iterator[House]:
    """Yield a POS and a store that are connected and empty."""
    with House() as opened:
        yield opened
