"""The doors for webhooks and for people, and the console behind the second."""

import re

import pytest

from tests.template.rules.reading import Template, functions, of_type


def test_hooks_and_people_have_doors_of_their_own_with_a_throttle_each(template: Template) -> None:
    doors = of_type(template, "AWS::Serverless::HttpApi")
    assert {name: tuple(door["DefaultRouteSettings"].values()) for name, door in doors.items()} == {
        "HooksApi": (500, 1_000),
        "ConsoleApi": (25, 50),
    }
    for door in doors.values():
        assert set(door["DefaultRouteSettings"]) == {"ThrottlingRateLimit", "ThrottlingBurstLimit"}
    # A route without the id of its API would get another from SAM, without a throttle.
    assert _routes(template) == {
        ("WebhooksFunction", "HooksApi", "POST /hooks/bigcommerce/{store}/{key}", None),
        ("WebhooksFunction", "HooksApi", "POST /hooks/pos/{kind}/{key}", None),
        ("ConsoleFunction", "ConsoleApi", "ANY /api/{proxy+}", "People"),
        ("ConsoleFunction", "ConsoleApi", "ANY $default", None),
    }


def _routes(template: Template) -> set[tuple[str, str, str, str | None]]:
    """Return function, API, route and authorizer of each route."""
    return {
        (
            name,
            route["ApiId"]["Ref"],
            f"{route['Method']} {route['Path']}",
            route.get("Auth", {}).get("Authorizer"),
        )
        for name, function in functions(template).items()
        for event in function.get("Events", {}).values()
        if event["Type"] == "HttpApi"
        for route in [event["Properties"]]
    }


def test_tokens_of_the_api_are_of_the_one_issuer_and_for_this_console(template: Template) -> None:
    api = of_type(template, "AWS::Serverless::HttpApi")["ConsoleApi"]
    jwt = api["Auth"]["Authorizers"]["People"]["JwtConfiguration"]
    assert jwt == {"issuer": {"Ref": "ConsoleIssuer"}, "audience": [{"Ref": "ConsoleClientId"}]}


def test_without_an_issuer_there_is_no_console_at_all(template: Template) -> None:
    parameter = template["Parameters"]["ConsoleIssuer"]
    assert parameter["Default"] == ""
    named = {name for name in template["Resources"] if name.startswith(("Console", "SessionKey"))}
    assert len(named) == 6
    for name in named:
        assert template["Resources"][name]["Condition"] == "HasConsole", name


@pytest.mark.parametrize(
    ("issuer", "fits"),
    [
        ("", True),
        ("https://people.example/realms/shop", True),
        ("http://127.0.0.1:4704", True),
        ("http://172.17.0.1:4704", True),
        ("http://people.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("https://a@people.example", False),
        ("https://people.example?x", False),
    ],
)
def test_an_issuer_is_https_but_on_this_machine(
    issuer: str, fits: bool, template: Template
) -> None:
    pattern = template["Parameters"]["ConsoleIssuer"]["AllowedPattern"]
    assert (re.search(pattern, issuer) is not None) == fits


@pytest.mark.parametrize(
    ("url", "fits"),
    [("", True), ("https://a.example", True), ("https://a.example/", False), ("a.example", False)],
)
def test_the_consoles_address_has_no_path(url: str, fits: bool, template: Template) -> None:
    pattern = template["Parameters"]["ConsoleUrl"]["AllowedPattern"]
    assert (re.search(pattern, url) is not None) == fits


def test_webhooks_ends_while_bigcommerce_still_waits(template: Template) -> None:
    function = functions(template)["WebhooksFunction"]
    assert (function["Timeout"], function["MemorySize"]) == (5, 256)
