"""Which function reads which secret: those of its own stack, and of those what its work needs."""

from fnmatch import fnmatchcase

import pytest

from tests.template.rules.permissions import grants
from tests.template.rules.reading import Template, of_type


def test_only_push_reads_credentials_links_and_writes_the_read_model(template: Template) -> None:
    actions_of_intake = {action for action, _ in grants(template, "IntakeRole")}
    assert not any(action.startswith("secretsmanager:") for action in actions_of_intake)
    touched = {resource for _, resource in grants(template, "IntakeRole")}
    assert touched.isdisjoint({"LinksTable", "ReadModelTable", "CountersTable"})


def test_orders_reads_the_secrets_of_the_pos_and_no_other(template: Template) -> None:
    granted = grants(template, "OrdersRole")
    readable = {r for a, r in granted if a.startswith("secretsmanager:")}
    assert [r.rpartition(":secret:")[2] for r in readable] == [f"{SECRETS}/pos/*"]


SECRETS = "tillbridge/${AWS::StackName}"


@pytest.mark.parametrize("role", ["PushRole", "ImportRole", "ReconcileRole"])
def test_a_function_reads_the_secrets_of_its_own_stack_and_no_others(
    role: str, template: Template
) -> None:
    readable = {r for a, r in grants(template, role) if a.startswith("secretsmanager:")}
    assert [r.rpartition(":secret:")[2] for r in readable] == [f"{SECRETS}/*"]


def test_functions_and_command_line_are_told_where_the_secrets_of_the_stack_are(
    template: Template,
) -> None:
    told = template["Globals"]["Function"]["Environment"]["Variables"]["SECRET_PREFIX"]
    assert told == template["Outputs"]["SecretPrefix"]["Value"] == {"Fn::Sub": SECRETS}


@pytest.mark.parametrize("stack", ["prod", "pro", "prod-2", "tillbridge", "staging"])
@pytest.mark.parametrize("of", ["store/prod", "pos/prod", "prod/store/x"])
def test_no_role_reads_a_secret_of_another_stack(stack: str, of: str, template: Template) -> None:
    """IAM's star stands for any characters, slashes too."""
    readable = [
        resource.replace("${AWS::StackName}", "prod")
        for role in of_type(template, "AWS::IAM::Role")
        if role not in {"WebhooksRole", "OrdersRole", "PollRole", "ConsoleRole"}
        for action, resource in grants(template, role)
        if action.startswith(("secretsmanager:", "*"))
    ]
    assert readable
    for pattern in readable:
        before = pattern.partition(":secret:")[0]
        assert fnmatchcase(f"{before}:secret:tillbridge/{stack}/{of}", pattern) == (stack == "prod")


def test_webhooks_opens_no_secret_but_those_of_hooks(template: Template) -> None:
    """It answers the open internet: a hole in it must not give a store's token away."""
    granted = grants(template, "WebhooksRole")
    readable = {r for a, r in granted if a.startswith("secretsmanager:")}
    names = {resource.rpartition(":secret:")[2] for resource in readable}
    own = {f"{SECRETS}/hook-key-??????", f"{SECRETS}/hooks/*", f"{SECRETS}/pos-hooks/*"}
    assert names == own
    assert {a for a, _ in granted if a.startswith("secretsmanager:")} == {
        "secretsmanager:GetSecretValue"
    }
    name = of_type(template, "AWS::SecretsManager::Secret")["HookKey"]["Name"]
    assert name == {"Fn::Sub": f"{SECRETS}/hook-key"}


def test_the_console_opens_no_secret_but_that_of_its_sessions(template: Template) -> None:
    granted = grants(template, "ConsoleRole")
    allowed = {(a, r.rpartition(":secret:")[2]) for a, r in granted if a.startswith("secretsm")}
    by_action = {action: {name for a, name in allowed if a == action} for action, _ in allowed}
    tokens = {f"{SECRETS}/store/*", f"{SECRETS}/pos/*"}
    dropped = tokens | {f"{SECRETS}/hooks/*", f"{SECRETS}/pos-hooks/*"}
    assert by_action == {
        "secretsmanager:CreateSecret": tokens,
        "secretsmanager:PutSecretValue": tokens,
        "secretsmanager:DeleteSecret": dropped,
        "secretsmanager:RestoreSecret": dropped,
        "secretsmanager:GetSecretValue": {f"{SECRETS}/console/session-??????"},
    }
    name = of_type(template, "AWS::SecretsManager::Secret")["SessionKey"]["Name"]
    assert name == {"Fn::Sub": f"{SECRETS}/console/session"}
