"""What people read of a store's webhooks."""

from cli.deployment.hooks import check_hooks, found_hooks
from cli.deployment.target import Target
from cli.screen.console import console, table
from cli.shapes.stores import Hooks
from tillbridge.domain.connection import Connection
from tillbridge.domain.hooks.care import HookPlan, wanted_scopes, words_of

NONE_WANTED = "This store needs no webhooks: it reads no web orders (setting `web_orders`)."


def show_hooks(target: Target, connection: Connection) -> Hooks:
    """Print which webhooks are right, and what a check would do; return it as JSON."""
    found = found_hooks(target, connection)
    _show(found, connection, "`tillbridge hooks check` mends them.")
    return _as_json(found, connection)


def check_and_show(target: Target, connection: Connection) -> Hooks:
    """Mend the webhooks of a store, print what was done, and return it as JSON."""
    check = check_hooks(target, connection)
    _show(check.plan, connection, "Mended; a new one works within a minute.")
    for words in check.refused:
        console.print(f"✗ {words}", style="red", soft_wrap=True)
    return {**_as_json(check.plan, connection), "mended": True, "refused": [*check.refused]}


def _as_json(plan: HookPlan, connection: Connection) -> Hooks:
    return {
        "store": connection.store,
        "wanted": list(wanted_scopes(connection.settings)),
        "right": plan.kept,
        "wrong": list(words_of(plan)),
        "mended": False,
        "refused": [],
    }


def _show(plan: HookPlan, connection: Connection, then: str) -> None:
    scopes, wrong = wanted_scopes(connection.settings), words_of(plan)
    if not scopes:
        console.print(NONE_WANTED, soft_wrap=True)
    if not scopes and not wrong:
        return
    console.print(f"Webhooks of '{connection.store}': {plan.kept} of {len(scopes)} are right.")
    if wrong:
        rows = [tuple(each.split(": ", 1)) for each in wrong]
        console.print(table("What is not", ("event", "what"), rows))
        console.print(then)
