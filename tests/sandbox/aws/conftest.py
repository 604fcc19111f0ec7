"""One local AWS for these tests, with the shipped template and functions that only record their
calls."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws.build import build
from sandbox.aws.deploy import deploy
from sandbox.aws.outputs import StackOutputs
from sandbox.aws.server import LocalAws, start_aws

CONSOLE = {
    "ConsoleIssuer": "https://people.example",
    "ConsoleClientId": "console",
    "ConsoleUrl": "https://console.example",
}
RECORDING = Path(__file__).parent / "recording_function.py"


@dataclass(frozen=True)
class World:
    """A deployed stack, and the calls that its functions received."""

    aws: LocalAws
    outputs: StackOutputs
    built: Path

    def client(self, service: str) -> Any:
        return _client(self.aws, service)

    def recorded(self) -> list[dict[str, str]]:
        """Return what the functions recorded of each of their calls."""
        items = self.client("dynamodb").scan(
            TableName=self.outputs.pending_table, ConsistentRead=True
        )["Items"]
        calls = [{key: str(*value.values()) for key, value in item.items()} for item in items]
        return [call for call in calls if "bodies" in call]


@cache
def _client(aws: LocalAws, service: str) -> Any:
    """Return a client for many threads; to make one costs more than to use it."""
    return aws.session().client(service, endpoint_url=aws.endpoint_url)  # type: ignore[call-overload]  # any service


@pytest.fixture(scope="session")
def recording_build(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Return this repository's build with its functions replaced after building: the layer is
    real."""
    folder = tmp_path_factory.mktemp("recording") / "build"
    shutil.copytree(build(), folder)
    for name in (
        "Intake",
        "Sweep",
        "Push",
        "Orders",
        "Reconcile",
        "Import",
        "Poll",
        "Webhooks",
        "Console",
    ):
        function = folder / f"{name}Function"
        shutil.rmtree(function)
        function.mkdir()
        shutil.copy(RECORDING, function / "app.py")
    return folder


@pytest.fixture(scope="session")
def world(recording_build: Path) -> Iterator[World]:
    with start_aws() as aws:
        yield World(aws, deploy(aws, recording_build, CONSOLE), recording_build)


@pytest.fixture(scope="session")
def stocked(world: World) -> World:
    """Return the world with secrets of ours, some of which go, and of another stack, and one claim check."""
    secrets = world.client("secretsmanager")
    for of in ("store", "pos", "hooks", "pos-hooks"):
        secrets.create_secret(Name=f"tillbridge/tillbridge/{of}/going", SecretString="{}")
    for stack in ("tillbridge", "staging"):
        for of in ("store", "pos", "hooks"):
            secrets.create_secret(Name=f"tillbridge/{stack}/{of}/demo", SecretString="{}")
    world.client("s3").put_object(Bucket=world.outputs.claim_bucket_name, Key="rights", Body=b"{}")
    return world
