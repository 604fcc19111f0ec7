"""An X-Series account whose polls feed a mirror."""

import pytest

from tests.lightspeed_imports import CatalogueLab


@pytest.fixture
def lab() -> CatalogueLab:
    return CatalogueLab()
