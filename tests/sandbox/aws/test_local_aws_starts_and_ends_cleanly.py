"""The local AWS leaves nothing behind: no process, no folder, no open port."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sandbox.aws.deploy import deploy
from sandbox.aws.failures import DeployFailedError
from sandbox.aws.server import LocalAwsFailedError, start_aws

HEAD = (
    "Transform: AWS::Serverless-2016-10-31\n"
    "Parameters: {Architecture: {Type: String}, ProtectTables: {Type: String}}\n"
)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_run_side_by_side_and_see_nothing_of_each_other() -> None:
    with start_aws() as one, start_aws() as other:
        assert one.endpoint_url != other.endpoint_url
        one.session().client("sqs", endpoint_url=one.endpoint_url).create_queue(QueueName="mine")
        found = other.session().client("sqs", endpoint_url=other.endpoint_url).list_queues()
        assert found.get("QueueUrls", []) == []


def test_reset_forgets_every_resource() -> None:
    with start_aws() as aws:
        sqs = aws.session().client("sqs", endpoint_url=aws.endpoint_url)
        sqs.create_queue(QueueName="mine")
        aws.reset()
        assert sqs.list_queues().get("QueueUrls", []) == []


def test_stopping_twice_is_fine_and_leaves_no_folder() -> None:
    aws = start_aws()
    aws.stop()
    aws.stop()
    assert not aws.log_path.parent.exists()


def test_it_listens_on_loopback_only() -> None:
    with start_aws() as aws:
        port = int(aws.endpoint_url.rsplit(":", 1)[1])
        listening = Path("/proc/net/tcp")
        if not listening.exists():
            pytest.skip("this system does not list its sockets in /proc/net/tcp")
        addresses = [line.split()[1] for line in listening.read_text().splitlines()[1:]]
        assert [
            a for a in addresses if a.endswith(f":{port:04X}") and a != f"0100007F:{port:04X}"
        ] == []


def test_it_ends_when_the_program_that_started_it_is_killed(repository: Path) -> None:
    program = (
        "import time; from sandbox.aws.server import start_aws; aws = start_aws();"
        "print(aws._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=repository, stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout
        pid = int(started.stdout.readline())
        assert _runs(pid)
        started.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)  # until another process has ended
    assert not _runs(pid)


def test_a_taken_port_is_said_plainly() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(LocalAwsFailedError, match=rf"cannot use port {port} .*in use"):
            start_aws(port=port)


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        ("{Type: AWS::Nowhere::Nothing}", "AWS::Nowhere::Nothing"),
        (
            "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nowhere}}",
            "Oddity: ",
        ),
    ],
)
def test_a_template_that_cannot_be_created_says_what_is_wrong_with_it(
    resource: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "template.yaml").write_text(f"{HEAD}Resources: {{Oddity: {resource}}}\n")
    with start_aws() as aws, pytest.raises(DeployFailedError, match=words):
        deploy(aws, tmp_path)


def test_a_template_without_our_outputs_says_which_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(f"{HEAD}Resources: {{Q: {{Type: AWS::SQS::Queue}}}}\n")
    with start_aws() as aws, pytest.raises(DeployFailedError, match=r"lacks .*bus_name"):
        deploy(aws, tmp_path)
