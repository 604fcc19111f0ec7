"""Settings come from the environment, when they are first asked for."""

from collections.abc import Iterator
from dataclasses import fields

import pytest

from tillbridge.settings import SettingMissingError, Settings, settings


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def _set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in fields(Settings):
        monkeypatch.setenv(field.name.upper(), f"the {field.name}")


@pytest.mark.usefixtures("_set")
def test_each_field_is_the_variable_of_its_name_in_capitals() -> None:
    assert settings().pending_table == "the pending_table"
    assert settings().secret_prefix == "the secret_prefix"


@pytest.mark.usefixtures("_set")
def test_what_is_missing_is_named_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKS_TABLE")
    monkeypatch.delenv("WAKES_QUEUE_URL")

    with pytest.raises(SettingMissingError, match=r"LINKS_TABLE, WAKES_QUEUE_URL$"):
        settings()


@pytest.mark.usefixtures("_set")
def test_the_environment_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = settings()
    monkeypatch.delenv("LINKS_TABLE")

    assert settings() is first
