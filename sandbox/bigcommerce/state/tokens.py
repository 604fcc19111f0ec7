"""The tokens of a store's API accounts, and what each may do."""

READ_ONLY = "_read_only"
READS = frozenset({"GET", "HEAD"})


def may(scopes: frozenset[str], needed: str, method: str) -> bool:
    """Return whether a token with these scopes may call an operation that needs one: a scope that reads
    is contained in the one that modifies, and lets nobody write."""
    if not needed:
        return True
    whole = needed.removesuffix(READ_ONLY)
    if method in READS:
        return whole in scopes or f"{whole}{READ_ONLY}" in scopes
    return needed in scopes or whole in scopes


def tells_of(scopes: frozenset[str], needed: str) -> bool:
    """Return whether a token with these scopes may subscribe to events that need one: to be told is to
    read."""
    return may(scopes, needed, "GET")
