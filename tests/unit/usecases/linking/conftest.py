"""The world of these tests."""

import pytest

from tests.unit.usecases.linking.linking_world import LinkingWorld


@pytest.fixture
def world() -> LinkingWorld:
    return LinkingWorld()
