"""The HTTP APIs of the template: ministack makes them, and ignores the routes that SAM gives them. They are
made by API calls instead, from the events of the template's functions."""

from typing import Any

from sandbox.aws.package import Template
from sandbox.aws.server import LocalAws

HTTP_API = "AWS::Serverless::HttpApi"


class UnknownApiError(RuntimeError):
    """An event of the template that cannot be made: the message says which and why."""


def make_routes(aws: LocalAws, template: Template, stack: str) -> None:
    """Make an integration and its route for every HttpApi event of every function. Raises
    UnknownApiError for one that names no API of the template, or has an authorizer."""
    session, at = aws.session(), aws.endpoint_url
    gateway: Any = session.client("apigatewayv2", endpoint_url=at)
    cloudformation = session.client("cloudformation", endpoint_url=at)
    lambdas = session.client("lambda", endpoint_url=at)

    def made(logical_id: str) -> str:
        found = cloudformation.describe_stack_resource(
            StackName=stack, LogicalResourceId=logical_id
        )
        return found["StackResourceDetail"]["PhysicalResourceId"]

    for name, resource in template["Resources"].items():
        for event in http_events(name, resource):
            api = _api(template, name, event)
            function = lambdas.get_function(FunctionName=made(name))["Configuration"]
            _make_route(gateway, made(api), function["FunctionArn"], event)


def http_events(name: str, resource: Template) -> list[dict[str, Any]]:
    """Return the properties of the HttpApi events of a function. Raises UnknownApiError for an
    authorizer: the local world does not make them yet, and a route without one would let everybody in."""
    if resource["Type"] != "AWS::Serverless::Function":
        return []
    events = resource["Properties"].get("Events", {}).values()
    found = [each["Properties"] for each in events if each["Type"] == "HttpApi"]
    if any("Auth" in each for each in found):
        raise UnknownApiError(f"{name} has a route with an authorizer")
    return found


def _api(template: Template, function: str, event: dict[str, Any]) -> str:
    api = event.get("ApiId", {}).get("Ref", "")
    if template["Resources"].get(api, {}).get("Type") != HTTP_API:
        raise UnknownApiError(f"{function} has a route of no API in the template: '{api}'")
    return str(api)


def _make_route(gateway: Any, api: str, function: str, event: dict[str, Any]) -> None:
    integration = gateway.create_integration(
        ApiId=api,
        IntegrationType="AWS_PROXY",
        IntegrationUri=function,
        PayloadFormatVersion=event["PayloadFormatVersion"],
    )
    path, method = event.get("Path", ""), event.get("Method", "ANY").upper()
    gateway.create_route(
        ApiId=api,
        RouteKey=f"{method} {path}" if path and path != "$default" else "$default",
        Target=f"integrations/{integration['IntegrationId']}",
    )
