"""Pages are loaded by name, when they first answer: each name is one of a page, and each port behind the lists is
the one that a page asks for."""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from typing import Any, get_type_hints

import pytest

from tillbridge import environment
from tillbridge.adapters import aws
from tillbridge.bootstrap import console as bootstrap
from tillbridge.bootstrap.console_deeper import DeeperPorts, deeper_ports
from tillbridge.console.routes import ROUTES
from tillbridge.console.visit import Answer, Route, Visit
from tillbridge.usecases.console.deps import ConsoleDeps

REMEMBERED: tuple[Any, ...] = (
    bootstrap.console_dependencies,
    deeper_ports,
    environment.environment,
    environment.console_environment,
    aws.dynamodb,
    aws.secretsmanager,
)


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have an environment as the template gives it, and nothing built of another."""
    named = (environment.Environment, environment.ConsoleEnvironment)
    for field in (field for each in named for field in fields(each)):
        monkeypatch.setenv(field.name.upper(), "here")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "here")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "here")
    for each in REMEMBERED:
        each.cache_clear()
    yield
    for each in REMEMBERED:
        each.cache_clear()


@pytest.mark.parametrize("route", ROUTES, ids=[f"{each.method} {each.path}" for each in ROUTES])
def test_what_answers_is_a_function_of_a_page(route: Route) -> None:
    module, _, name = route.handler.__qualname__.partition(".")
    page = getattr(import_module(f"tillbridge.console.pages.{module}"), name)
    assert list(get_type_hints(page).values()) == [Visit, ConsoleDeps, Answer]


@pytest.mark.usefixtures("deployed")
@pytest.mark.parametrize("port", [each.name for each in fields(DeeperPorts)])
def test_a_port_that_is_built_later_is_the_one_of_its_name(port: str) -> None:
    stands_for, real = (
        getattr(each(), port) for each in (bootstrap.console_dependencies, deeper_ports)
    )
    methods = [name for name in dir(real) if not name.startswith("_")]
    assert methods
    assert all(getattr(stands_for, name) == getattr(real, name) for name in methods)
