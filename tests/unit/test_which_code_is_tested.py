"""`make test-built` tests what was built and nothing else: the path shows which code is
imported."""

from pathlib import Path

import pytest

import tillbridge


def test_the_code_under_test_is_the_one_the_path_names_first(
    request: pytest.FixtureRequest,
) -> None:
    first = request.config.getini("pythonpath")[0]
    root = request.config.rootpath
    assert Path(tillbridge.__file__).is_relative_to((root / first).resolve())
