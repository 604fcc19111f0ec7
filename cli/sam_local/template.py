"""The template that containers are started from: the built one, with the running world's values."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.deployment.target import Target
from sandbox.aws.build import architecture, build
from sandbox.aws.package import Template, load_template
from sandbox.aws.server import REGION


@dataclass(frozen=True, slots=True)
class ConsoleDoor:
    """Where the console in a container is: `url` for browsers, without a slash at its end, and the name of
    the `issuer`, which browsers and containers reach under one address."""

    url: str
    issuer: str


def write_template(target: Target, host: str, door: ConsoleDoor | None = None) -> Path:
    """Write the template beside the built one, and return its path. Without a `door` the console is the world's."""
    built = build()
    template = load_template(built / "template.yaml")
    template["Parameters"]["Architecture"]["Default"] = architecture()
    path = built / "sam-local.json"
    variables = _variables(target, template)
    found = for_containers(template, variables, host, door or _own_door(variables, host))
    path.write_text(json.dumps(found, indent=1))
    return path


def for_containers(
    template: Template, variables: Mapping[str, Mapping[str, str]], host: str, door: ConsoleDoor
) -> Template:
    """Return a template whose functions have the given variables, with addresses as containers reach them.

    `sam local` cannot look values up, and passes on only variables that a template names. ConsoleUrl is an
    address for browsers, so it stays one."""
    found = copy.deepcopy(template)
    given = {"ConsoleIssuer": door.issuer, "ConsoleUrl": door.url}
    for name, value in given.items():
        found["Parameters"][name]["Default"] = value
    for name, values in variables.items():
        reached = {key: as_seen_inside(value, host) for key, value in values.items()}
        if "CONSOLE_URL" in values:
            reached |= {"CONSOLE_ISSUER": door.issuer, "CONSOLE_URL": door.url}
        found["Resources"][name]["Properties"]["Environment"] = {"Variables": reached}
    found["Globals"]["Function"].pop("Environment", None)
    return found


def as_seen_inside(value: str, host: str) -> str:
    """Return a value with this machine's address as containers know it."""
    return value.replace("127.0.0.1", host).replace("localhost", host)


def _own_door(variables: Mapping[str, Mapping[str, str]], host: str) -> ConsoleDoor:
    console = variables["ConsoleFunction"]
    return ConsoleDoor(console["CONSOLE_URL"], as_seen_inside(console["CONSOLE_ISSUER"], host))


def _variables(target: Target, template: Template) -> Mapping[str, Mapping[str, str]]:
    """Return the variables that the running world gave each function of the template."""
    lambdas = target.client("lambda")
    found = {}
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            output = target.outputs.get(f"{name.removesuffix('Function').lower()}_function_name")
            if not output:  # a world without a vendor's POS has no function `poll`
                continue
            known = lambdas.get_function_configuration(FunctionName=output)
            found[name] = known["Environment"]["Variables"] | {
                "AWS_ENDPOINT_URL": target.endpoint_url,
                "AWS_DEFAULT_REGION": REGION,
            }
    return found
