"""The environment's values are read when they are first asked for."""

from collections.abc import Iterator
from dataclasses import fields

import pytest

from tillbridge.environment import Environment, VariableMissingError, environment


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    environment.cache_clear()
    yield
    environment.cache_clear()


@pytest.fixture
def _set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in fields(Environment):
        monkeypatch.setenv(field.name.upper(), f"the {field.name}")


@pytest.mark.usefixtures("_set")
def test_each_field_is_the_variable_of_its_name_in_capitals() -> None:
    assert environment().pending_table == "the pending_table"
    assert environment().secret_prefix == "the secret_prefix"


@pytest.mark.usefixtures("_set")
def test_what_is_missing_is_named_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKS_TABLE")
    monkeypatch.delenv("WAKES_QUEUE_URL")

    with pytest.raises(VariableMissingError, match=r"LINKS_TABLE, WAKES_QUEUE_URL$"):
        environment()


@pytest.mark.usefixtures("_set")
def test_the_environment_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = environment()
    monkeypatch.delenv("LINKS_TABLE")

    assert environment() is first
