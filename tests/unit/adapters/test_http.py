"""The session every adapter shares."""

import tomllib
from pathlib import Path

from tillbridge.adapters.http import new_http_session
from tillbridge.version import VERSION


def test_the_version_we_name_ourselves_with_is_the_projects(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert new_http_session().headers["User-Agent"] == f"tillbridge/{VERSION}"


def test_a_session_takes_nothing_from_its_surroundings() -> None:
    assert not new_http_session().trust_env
