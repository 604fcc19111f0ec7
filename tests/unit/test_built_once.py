"""Dependencies are built once, and on Lambda before the first event arrives."""

import gc

import pytest

from tillbridge.bootstrap.built_once import built_once


def test_what_is_built_is_built_on_first_call_and_kept() -> None:
    built: list[object] = []

    @built_once
    def dependencies() -> object:
        built.append(object())
        return built[-1]

    assert built == []
    assert dependencies() is dependencies()
    assert len(built) == 1


def test_on_lambda_it_is_built_while_the_function_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
    monkeypatch.setattr(
        gc, "freeze", lambda: None
    )  # it is for the process of a function, not of tests
    built: list[object] = []

    @built_once
    def dependencies() -> object:
        built.append(object())
        return built[-1]

    assert len(built) == 1
    assert dependencies() is built[0]
    assert len(built) == 1
