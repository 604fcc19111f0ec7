"""Importing is tested in a world of fakes."""

import pytest

from tests.import_world import ImportWorld


@pytest.fixture
def world() -> ImportWorld:
    """Return a store and a POS that are connected and empty."""
    return ImportWorld()
