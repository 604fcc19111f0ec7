"""On which deployment a command works: options stand above the environment and stand wherever they are typed; what
contradicts itself is refused; and the keys of a local world and of AWS never meet the other one."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ProfileNotFound,
    SSOTokenLoadError,
)
from typer.testing import CliRunner

from cli.cannot_run import CannotRun
from cli.command_group import CommandGroup
from cli.command_table import Command
from cli.deployment import target as deployment
from cli.deployment.stack import why_no_stack
from cli.deployment.target import Target, find_target
from cli.deployment.where import Where, said, where
from cli.main import app
from tests.unit.cli.test_help import ENTRIES, MODULES

VARIABLES = (
    *("TILLBRIDGE_STACK", "TILLBRIDGE_WORLD", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"),
)
PROFILES = """
[profile shop]
aws_access_key_id = AKIASHOP
aws_secret_access_key = s
region = eu-north-1
"""
OPTIONS = ("--stack", "--world", "--profile", "--region")
WORKS_ON_NONE = {"up", "demo", "check-pos", "sandbox bigcommerce", "sandbox lightspeed"}


@pytest.fixture(autouse=True)
def nobodys_aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for each in VARIABLES:
        monkeypatch.delenv(each, raising=False)
    (tmp_path / "config").write_text(PROFILES)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path / "home"))
    kept = deployment._session, deployment._client
    yield
    for cached in kept:
        cached.cache_clear()


def _command(path: str) -> Any:
    command: Any = CommandGroup(name="tillbridge")
    for name in path.split():
        command = command.get_command(None, name)
    return command


@pytest.mark.parametrize("path", MODULES)
def test_every_command_that_works_on_a_deployment_has_all_options_for_it(path: str) -> None:
    options = {each.name for each in _command(path).params}
    wanted = {"stack", "world", "profile", "region"}
    assert options & wanted == (set() if path in WORKS_ON_NONE else wanted)


@pytest.mark.parametrize(
    "words",
    [
        ["--stack", "s", "--profile", "p", "--region", "r", "status"],
        ["status", "--stack", "s", "--profile", "p", "--region", "r"],
        ["--profile", "other", "--stack", "s", "status", "--region", "r", "--profile", "p"],
        ["--region", "r", "store", "--profile", "p", "list", "--stack", "s"],
    ],
    ids=" ".join,
)
def test_the_options_stand_before_or_after_the_commands_name(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Where] = []

    def deployed(meant: Where) -> None:
        asked.append(meant)
        raise CannotRun("enough")

    monkeypatch.setattr(deployment, "_deployed", deployed)
    assert CliRunner().invoke(app, words).exit_code == 1
    assert asked == [Where("s", "", "p", "r")]
    assert where() == Where(), "nothing is left for the next command"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "--world", "b", "--stack", "s"], "one or the other"),
        (["--world", "b", "list", "--stack", "s"], "one or the other"),
        (["list", "--world", "b", "--region", "r"], "one or the other"),
        (["list", "--profile", "p"], "Name it with --stack"),
        (["--region", "r", "list"], "Name it with --stack"),
        *((["list", each, ""], f"{each} is blank") for each in OPTIONS),
        *(([each, "", "list"], f"{each} is blank") for each in OPTIONS),
        (["--stack", "s", "check-pos", "https://pos.example"], "works on no deployment"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_contradicts_itself_is_a_typing_mistake(words: list[str], told: str) -> None:
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, words)
    assert (done.exit_code, told in done.output) == (2, True), done.output


def test_the_options_stand_above_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILLBRIDGE_STACK", "prod")
    assert where().stack == "prod"
    assert where("staging").stack == "staging"
    with said(Where(world="b")):
        assert where() == Where(world="b")
    monkeypatch.setenv("TILLBRIDGE_WORLD", "b")
    assert where("staging") == Where("staging")
    with pytest.raises(CannotRun, match="TILLBRIDGE_STACK is 'prod' and TILLBRIDGE_WORLD is 'b'"):
        where()


def test_the_region_of_the_aws_tools_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    assert where("s").region == "eu-west-2"


def _refused(code: str, words: str = "?") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": words}}, "DescribeStacks")


MEANT = Where("prod", "", "shop", "eu-west-1")


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (ProfileNotFound(profile="shop"), "aws configure list-profiles"),
        (NoRegionError(), "--region eu-west-1"),
        (NoCredentialsError(), "aws sso login --profile shop"),
        (CredentialRetrievalError(provider="process", error_msg="?"), "aws configure --profile"),
        (SSOTokenLoadError(error_msg="?"), "The sign-in to AWS is over"),
        (EndpointConnectionError(endpoint_url="https://x"), "Is this machine online"),
        (_refused("ExpiredToken"), "have expired. Sign in"),
        (_refused("InvalidClientTokenId"), "does not know these credentials"),
        (_refused("SignatureDoesNotMatch"), "clock"),
        (_refused("AccessDenied"), "lack the right cloudformation:DescribeStacks"),
        (_refused("ValidationError", "Stack with id prod does not exist"), "in the region eu-west"),
        (_refused("Throttling", "Rate exceeded\n"), "Rate exceeded."),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_a_stack_that_cannot_be_read_says_what_to_do_in_one_line(
    problem: BotoCoreError | ClientError, told: str
) -> None:
    words = why_no_stack(MEANT, problem)
    assert told in words
    assert "\n" not in words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--profile", "nope", "--region", "eu-west-1"], "The config profile (nope)"),
        ([], "You must specify a region"),
        (["--region", "eu-west-1"], "aws sso login"),
        (["--region", "not a region"], "region"),
    ],
)
def test_aws_that_is_not_set_up_is_said_in_one_line_with_status_1(
    words: list[str], told: str
) -> None:
    done = CliRunner(env={"COLUMNS": "300"}).invoke(app, ["list", "--stack", "prod", *words])
    assert done.exit_code == 1, done.exception
    assert told in done.output
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1


class CloudFormation:
    def __init__(self, **stack: Any) -> None:
        self.stack = stack
        self.meta = SimpleNamespace(endpoint_url="https://cloudformation.eu-west-1.amazonaws.com")

    def describe_stacks(self, StackName: str) -> Any:  # noqa: N803 - boto3's name
        return {"Stacks": [{"StackName": StackName, **self.stack}]}


@pytest.mark.parametrize("outputs", [{}, {"Outputs": [{"OutputKey": "X", "OutputValue": "y"}]}])
def test_a_stack_that_is_none_of_ours_is_said(
    outputs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = CloudFormation(StackStatus="REVIEW_IN_PROGRESS", **outputs)
    monkeypatch.setattr(deployment, "_client", lambda *_: reader)
    with said(MEANT), pytest.raises(CannotRun, match="REVIEW_IN_PROGRESS"):
        find_target()


def test_a_stack_of_another_version_is_said_when_what_it_lacks_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = [{"OutputKey": "StoresTable", "OutputValue": "tb-stores"}]
    reader = CloudFormation(StackStatus="UPDATE_COMPLETE", Outputs=there)
    monkeypatch.setattr(deployment, "_client", lambda *_: reader)
    with said(MEANT):
        target = find_target()
    assert target == Target({"stores_table": "tb-stores"}, None, "shop", "eu-west-1")
    with pytest.raises(CannotRun, match="no output 'history_table'"):
        _ = target.history


def test_every_client_of_a_stack_has_its_profile_and_region() -> None:
    client = Target({}, None, "shop", "eu-west-2").client("sqs")
    assert client.meta.region_name == "eu-west-2"
    assert client._request_signer._credentials.access_key == "AKIASHOP"
    by_profile = Target({}, None, "shop").client("sqs")
    assert by_profile.meta.region_name == "eu-north-1"


@pytest.mark.parametrize("made", ["unset", "nope", "shop"])
def test_a_local_world_is_reached_with_its_own_keys_whatever_the_user_has(
    made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if made != "unset":
        monkeypatch.setenv("AWS_PROFILE", made)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREAL")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "t")
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", "https://elsewhere.example")
    client = Target({}, "http://127.0.0.1:4700", "shop", "eu-west-2").client("sqs")
    keys = client._request_signer._credentials
    assert (keys.access_key, keys.secret_key, keys.token) == ("local", "local", None)
    assert (client.meta.endpoint_url, client.meta.region_name) == (
        "http://127.0.0.1:4700",
        "eu-west-1",
    )
    assert not client.meta.config.use_fips_endpoint


@pytest.mark.parametrize(
    ("keys", "at", "told"),
    [("local", "", "are a local world's"), ("AKIAREAL", "http://127.0.0.1:4700", "are real")],
)
def test_keys_never_go_where_they_do_not_belong(
    keys: str, at: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    if at:
        monkeypatch.setenv("AWS_ENDPOINT_URL", at)
    with said(Where("tillbridge")), pytest.raises(CannotRun, match=told):
        find_target()


def test_no_client_is_made_past_the_one_place(repository: Path) -> None:
    makers = {
        path.relative_to(repository).as_posix()
        for path in (repository / "cli").rglob("*.py")
        if "boto3.client" in (text := path.read_text()) or "boto3.Session(" in text
    }
    assert makers == {"cli/deployment/target.py"}


def test_every_entry_of_the_table_is_a_command_or_a_group() -> None:
    assert {type(each) for each in ENTRIES.values()} >= {Command}
