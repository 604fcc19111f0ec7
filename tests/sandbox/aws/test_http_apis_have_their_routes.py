"""The template's HTTP APIs answer behind the door, as on AWS: ministack makes none of their routes."""

import base64
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.aws.door import LONGEST_BODY, Door
from sandbox.aws.http_apis import UnknownApiError, make_routes
from tests.sandbox.aws.conftest import World

SECONDS = 20
HOOK = "/hooks/bigcommerce/demo/k-ey"


@pytest.fixture
def door(world: World) -> Iterator[Door]:
    with Door() as opened:
        opened.open(world.aws.endpoint_url, {"/hooks/": world.outputs.hooks_api_id})
        yield opened


def heard(door: Door, body: bytes, **headers: str) -> dict[str, Any]:
    """Call the webhooks' address and return the event that the function got."""
    sent = {"content-type": "application/json", **headers}
    answer = requests.post(door.address + HOOK, data=body, headers=sent, timeout=SECONDS)
    assert answer.status_code == 200, answer.text
    event: dict[str, Any] = answer.json()
    return event


def test_a_call_reaches_the_function_of_its_route_as_payload_2(door: Door) -> None:
    event = heard(door, b'{"scope": "x"}', **{"X-Tillbridge-Hook": "s"})
    assert event["version"] == "2.0"
    assert event["routeKey"] == "POST /hooks/bigcommerce/{store}/{key}"
    assert event["pathParameters"] == {"store": "demo", "key": "k-ey"}
    assert event["headers"]["x-tillbridge-hook"] == "s"
    assert (event["body"], event["isBase64Encoded"]) == ('{"scope": "x"}', False)


def test_bytes_that_are_no_text_come_in_base64(door: Door) -> None:
    event = heard(door, b"\xff\x00", **{"content-type": "application/octet-stream"})
    assert event["isBase64Encoded"]
    assert base64.b64decode(event["body"]) == b"\xff\x00"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_has_no_route_is_not_found(door: Door, method: str) -> None:
    found = requests.request(method, door.address + HOOK, timeout=SECONDS)
    assert found.status_code == 404


@pytest.mark.parametrize("path", ["/", "/hooks", "/api/stores", "/_ministack/health"])
def test_nothing_else_is_behind_the_door(door: Door, path: str) -> None:
    found = requests.get(door.address + path, timeout=SECONDS)
    assert (found.status_code, found.content) == (404, b"")


def test_a_door_that_leads_nowhere_yet_says_so() -> None:
    with Door() as door:
        assert requests.post(door.address + HOOK, timeout=SECONDS).status_code == 503


@pytest.mark.parametrize("length", ["-1", "many", str(LONGEST_BODY + 1)])
def test_the_door_takes_no_body_that_an_http_api_would_refuse(door: Door, length: str) -> None:
    host, port = door.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as line:
        line.sendall(
            f"POST {HOOK} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def a_function(**event: Any) -> dict[str, Any]:
    events = {"Call": {"Type": "HttpApi", "Properties": event}}
    return {"Type": "AWS::Serverless::Function", "Properties": {"Events": events}}


def test_a_route_with_an_authorizer_that_its_api_lacks_is_a_fault(world: World) -> None:
    route = a_function(ApiId={"Ref": "A"}, Path="/x", Auth={"Authorizer": "Nobody"})
    api = {"Type": "AWS::Serverless::HttpApi", "Properties": {}}
    template = {"Parameters": {}, "Resources": {"IntakeFunction": route, "A": api}}
    with pytest.raises(UnknownApiError, match="no JWT authorizer 'Nobody'"):
        make_routes(world.aws, template, "tillbridge")


def test_a_route_of_no_api_in_the_template_is_a_fault(world: World) -> None:
    template = {"Parameters": {}, "Resources": {"F": a_function(Path="/x", Method="GET")}}
    with pytest.raises(UnknownApiError, match="no API in the template"):
        make_routes(world.aws, template, "tillbridge")


def test_the_stack_says_its_own_address_unless_told_another(world: World) -> None:
    assert world.outputs.hooks_address.startswith(
        f"https://{world.outputs.hooks_api_id}.execute-api."
    )


def test_the_key_of_hooks_is_long(world: World) -> None:
    secrets = world.client("secretsmanager")
    found = secrets.get_secret_value(SecretId="tillbridge/tillbridge/hook-key")["SecretString"]
    assert len(found) == 64
