"""template.yaml, read once."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from sandbox.aws.package import load_template
from tests.template.rules.reading import Template


@cache
def _template(path: Path) -> Template:
    return load_template(path)


@pytest.fixture
def template(repository: Path) -> Template:
    """Return the shipped template: a copy, so that a test may break it."""
    return deepcopy(_template(repository / "template.yaml"))
