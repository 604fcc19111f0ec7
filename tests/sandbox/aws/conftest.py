"""One local AWS for these tests, with the shipped template and functions that only tell."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws.build import build
from sandbox.aws.deploy import deploy
from sandbox.aws.outputs import StackOutputs
from sandbox.aws.server import LocalAws, start_aws

TELLING = Path(__file__).parent / "telling_function.py"


@dataclass(frozen=True)
class World:
    """A deployed stack, and what its functions were given."""

    aws: LocalAws
    outputs: StackOutputs
    built: Path

    def client(self, service: str) -> Any:
        return self.aws.session().client(service, endpoint_url=self.aws.endpoint_url)  # type: ignore[call-overload]

    def told(self) -> list[dict[str, str]]:
        """What the functions wrote of each of their calls."""
        items = self.client("dynamodb").scan(
            TableName=self.outputs.pending_table, ConsistentRead=True
        )["Items"]
        calls = [{key: str(*value.values()) for key, value in item.items()} for item in items]
        return [call for call in calls if "bodies" in call]


@pytest.fixture(scope="session")
def built_to_tell(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """This repository's build, its functions replaced after building: the layer is real."""
    folder = tmp_path_factory.mktemp("telling") / "build"
    shutil.copytree(build(), folder)
    for function in ("IntakeFunction", "PushFunction", "ReconcileFunction"):
        shutil.rmtree(folder / function)
        (folder / function).mkdir()
        shutil.copy(TELLING, folder / function / "app.py")
    return folder


@pytest.fixture(scope="session")
def world(built_to_tell: Path) -> Iterator[World]:
    with start_aws() as aws:
        yield World(aws, deploy(aws, built_to_tell), built_to_tell)
