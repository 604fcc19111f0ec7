"""The console's two cookies: the session, and a sign-in under way. No script can read them."""

from tillbridge.usecases.console.entry import EntryDeps

LONGEST = 4_000
"""Characters of a cookie that every browser keeps."""

SESSION, SIGN_IN = "tb", "tb-in"


def cookie_name(entry: EntryDeps, kind: str) -> str:
    """Return the name of a cookie: with `__Host-`, which no other host can set, where https allows it."""
    return f"__Host-{kind}" if entry.secure else kind


def set_cookie(entry: EntryDeps, kind: str, value: str, seconds: int) -> str:
    """Return the header that sets a cookie; 0 seconds take it back."""
    secure = "; Secure" if entry.secure else ""
    name = cookie_name(entry, kind)
    return f"{name}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{secure}"
