"""The HTTP APIs of the template: ministack makes them, and ignores the routes that SAM gives them. They are
made by API calls instead, from the events of the template's functions."""

from collections.abc import Mapping
from typing import Any

from sandbox.aws.package import Template
from sandbox.aws.server import LocalAws

HTTP_API = "AWS::Serverless::HttpApi"


class UnknownApiError(RuntimeError):
    """An event of the template that cannot be made: the message says which and why."""


def make_routes(
    aws: LocalAws, template: Template, stack: str, parameters: Mapping[str, str] | None = None
) -> None:
    """Make an integration and its route for every HttpApi event of every function that the stack has, with
    the authorizer that it names. Raises UnknownApiError for an event that names no API of the template, or an
    authorizer that cannot be made: a route without it would let everybody in."""
    session, at = aws.session(), aws.endpoint_url
    gateway: Any = session.client("apigatewayv2", endpoint_url=at)
    cloudformation = session.client("cloudformation", endpoint_url=at)
    lambdas = session.client("lambda", endpoint_url=at)

    listed = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    made = {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in listed}
    given = {
        **{name: str(each.get("Default", "")) for name, each in template["Parameters"].items()},
        **(parameters or {}),
    }
    authorizers: dict[tuple[str, str], str] = {}
    for name, resource in template["Resources"].items():
        for event in http_events(resource):
            api = _api(template, name, event)
            if name not in made:  # its condition does not hold
                continue
            route = _route(event)
            if wanted := event.get("Auth", {}).get("Authorizer"):
                if (api, wanted) not in authorizers:
                    said = _authorizer(template, api, wanted, given)
                    found = gateway.create_authorizer(ApiId=made[api], **said)
                    authorizers[api, wanted] = found["AuthorizerId"]
                route |= {"AuthorizationType": "JWT", "AuthorizerId": authorizers[api, wanted]}
            function = lambdas.get_function(FunctionName=made[name])["Configuration"]
            integration = gateway.create_integration(
                ApiId=made[api],
                IntegrationType="AWS_PROXY",
                IntegrationUri=function["FunctionArn"],
                PayloadFormatVersion=event["PayloadFormatVersion"],
            )
            gateway.create_route(
                ApiId=made[api], Target=f"integrations/{integration['IntegrationId']}", **route
            )


def http_events(resource: Template) -> list[dict[str, Any]]:
    """Return the properties of the HttpApi events of a function; none of anything else."""
    if resource["Type"] != "AWS::Serverless::Function":
        return []
    events = resource["Properties"].get("Events", {}).values()
    return [each["Properties"] for each in events if each["Type"] == "HttpApi"]


def _api(template: Template, function: str, event: dict[str, Any]) -> str:
    api = event.get("ApiId", {}).get("Ref", "")
    if template["Resources"].get(api, {}).get("Type") != HTTP_API:
        raise UnknownApiError(f"{function} has a route of no API in the template: '{api}'")
    return str(api)


def _authorizer(
    template: Template, api: str, name: str, given: Mapping[str, str]
) -> dict[str, Any]:
    """Return what makes a JWT authorizer of an API."""
    known = template["Resources"][api]["Properties"].get("Auth", {}).get("Authorizers", {})
    jwt = known.get(name, {}).get("JwtConfiguration")
    if not jwt:
        raise UnknownApiError(f"{api} has no JWT authorizer '{name}'")
    return {
        "Name": name,
        "AuthorizerType": "JWT",
        "IdentitySource": [known[name]["IdentitySource"]],
        "JwtConfiguration": {
            "Issuer": _value(jwt["issuer"], given),
            "Audience": [_value(each, given) for each in jwt["audience"]],
        },
    }


def _value(value: Any, given: Mapping[str, str]) -> str:
    return given[value["Ref"]] if isinstance(value, dict) else str(value)


def _route(event: dict[str, Any]) -> dict[str, str]:
    path, method = event.get("Path", ""), event.get("Method", "ANY").upper()
    return {"RouteKey": f"{method} {path}" if path and path != "$default" else "$default"}
