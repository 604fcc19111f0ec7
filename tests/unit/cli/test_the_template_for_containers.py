"""The template that `make sam-local` writes: containers reach this machine under another address, browsers do
not."""

from typing import Any

from cli.sam_local.template import ConsoleDoor, for_containers
from sandbox.aws.build import ROOT
from sandbox.aws.package import load_template

HOST = "172.17.0.1"
DOOR = ConsoleDoor("http://127.0.0.1:3000", f"http://{HOST}:3001")
VARIABLES = {
    "ConsoleFunction": {
        "CONSOLE_CLAIM": "tillbridge",
        "CONSOLE_ISSUER": "http://127.0.0.1:4704",
        "CONSOLE_URL": "http://127.0.0.1:4703",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:4700",
    },
    "PushFunction": {"STORES_TABLE": "stores", "WAKES_QUEUE_URL": "http://localhost:4700/q"},
}


def written() -> dict[str, Any]:
    return for_containers(load_template(ROOT / "template.yaml"), VARIABLES, HOST, DOOR)


def variables(function: str) -> dict[str, str]:
    found: dict[str, str] = written()["Resources"][function]["Properties"]["Environment"][
        "Variables"
    ]
    return found


def test_what_functions_call_is_reached_from_inside() -> None:
    assert variables("PushFunction") == {
        "STORES_TABLE": "stores",
        "WAKES_QUEUE_URL": f"http://{HOST}:4700/q",
    }
    assert variables("ConsoleFunction")["AWS_ENDPOINT_URL"] == f"http://{HOST}:4700"


def test_the_console_is_told_the_address_of_browsers_and_an_issuer_that_both_reach() -> None:
    told = variables("ConsoleFunction")
    assert (told["CONSOLE_URL"], told["CONSOLE_ISSUER"]) == (DOOR.url, DOOR.issuer)
    assert told["CONSOLE_CLAIM"] == "tillbridge"


def test_the_parameters_say_what_the_variables_say() -> None:
    parameters = written()["Parameters"]
    assert parameters["ConsoleUrl"]["Default"] == DOOR.url
    assert parameters["ConsoleIssuer"]["Default"] == DOOR.issuer


def test_no_variable_is_left_that_sam_would_have_to_look_up() -> None:
    assert "Environment" not in written()["Globals"]["Function"]


def test_the_template_it_was_made_from_stays_as_it_is() -> None:
    template = load_template(ROOT / "template.yaml")
    for_containers(template, VARIABLES, HOST, DOOR)
    assert template == load_template(ROOT / "template.yaml")
