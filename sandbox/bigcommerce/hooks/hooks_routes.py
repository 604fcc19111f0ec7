"""/hooks, and /hooks/admin."""

from sandbox.bigcommerce.calls.call import PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.hooks.admin import admin_view, change_emails
from sandbox.bigcommerce.hooks.subscriptions import (
    create_hook,
    delete_hook,
    hook_view,
    hooks_found,
    known_hook,
    update_hook,
)


def list_hooks(call: Call) -> Answer:
    """GET the hooks of this client."""
    call.only(PAGED | {"is_active", "scope", "destination"})
    return paged(call, [hook_view(hook) for hook in hooks_found(call)])


def post_hook(call: Call) -> Answer:
    """POST a hook."""
    return found(create_hook(call, call.json()))


def get_hook(call: Call) -> Answer:
    """GET one hook."""
    return found(hook_view(known_hook(call, call.params["webhook_id"])))


def put_hook(call: Call) -> Answer:
    """PUT one hook."""
    return found(update_hook(call, call.params["webhook_id"], call.json()))


def remove_hook(call: Call) -> Answer:
    """DELETE one hook, which the answer shows."""
    return found(delete_hook(call, call.params["webhook_id"]))


def get_admin(call: Call) -> Answer:
    """GET the addresses for notices, all hooks, and blocked domains."""
    call.only({"is_active"})
    return found(admin_view(call))


def put_admin(call: Call) -> Answer:
    """PUT the addresses for notices."""
    change_emails(call, call.json())
    return Answer(204)


ONE = "/hooks/{webhook_id}"
OPERATIONS = (
    Operation("GET", "/hooks", "", list_hooks),
    Operation("POST", "/hooks", "", post_hook),
    Operation("GET", ONE, "", get_hook),
    Operation("PUT", ONE, "", put_hook),
    Operation("DELETE", ONE, "", remove_hook),
    Operation("GET", "/hooks/admin", "", get_admin),
    Operation("PUT", "/hooks/admin", "", put_admin),
)
