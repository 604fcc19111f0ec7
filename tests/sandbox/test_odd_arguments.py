"""Whatever is typed, a command ends with a status of the table in docs/command-line.md, in words, and never with a
traceback."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sandbox.aws.server import LocalAwsFailedError
from tests.sandbox.odd_arguments import command_lines, ended

STARTS = (
    "sandbox.bigcommerce.server.server.StoreServer.__init__",
    "sandbox.bigcommerce.server.server.serve_forever",
    "sandbox.lightspeed_x.server.server.serve_forever",
    *(f"cli.demo.{each}.start_world" for each in ("play", "importing", "saturday")),
)
ASKS = (
    "cli.check_pos.run.check_pos",
    "cli.check_pos.lightspeed.run.check_account",
    "cli.deployment.both_sides.ask_store",
)


def _starts_nothing(*_: object, **__: object) -> Any:
    raise LocalAwsFailedError("Nothing is started in this test.")


@pytest.fixture(scope="module", autouse=True)
def nothing_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for each in (*STARTS, *ASKS):
            patch.setattr(each, _starts_nothing)
        for each in ("TILLBRIDGE_STACK", "TILLBRIDGE_WORLD"):
            patch.delenv(each, raising=False)
        patch.setenv("TILLBRIDGE_HOME", str(tmp_path_factory.mktemp("home")))
        patch.chdir(tmp_path_factory.mktemp("here"))
        yield


@given(command_lines(), st.sampled_from([b"", b"y\n", b"\xff", b"[" * 100_000]))
@example(["store", "set", f"safety_stock={'9' * 41}"], b"")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_command_line_ends_in_a_traceback(words: list[str], typed: bytes) -> None:
    status, told = ended(words, typed)
    assert status in {0, 1, 2}, told
    assert "Traceback" not in told, told
    assert told.strip(), "a command always says something"
