"""What /hooks/admin shows: addresses for notices, all hooks with their status, blocked domains."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import invalid_fields
from sandbox.bigcommerce.hooks.subscriptions import hook_view, hooks_found


def admin_view(call: Call) -> dict[str, Any]:
    """Return the addresses, hooks and blocked domains of this client."""
    book = call.store.hooks
    return {
        "emails": list(book.emails),
        "hooks_list": [hook_view(hook) | {"status": hook.status} for hook in hooks_found(call)],
        "blocked_domains": book.domains.blocked(book.now()),
    }


def change_emails(call: Call, payload: Any) -> None:
    """Replace the addresses that get notices. Raises Refusal 422."""
    emails = payload.get("emails") if isinstance(payload, dict) else None
    if not isinstance(emails, list) or not all(
        isinstance(email, str) and "@" in email for email in emails
    ):
        raise invalid_fields({"emails": "emails must be an array of addresses"})
    call.store.hooks.emails[:] = emails
