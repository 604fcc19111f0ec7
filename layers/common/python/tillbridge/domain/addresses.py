"""Which addresses an access token may be sent to."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[!-\[\]-~]+")
"""Printable ASCII without blanks and backslashes: readers of addresses differ on everything else."""

_HOST = re.compile(r"[A-Za-z0-9._:-]+")


def base_refusal(address: str) -> str | None:
    """Return why an address cannot be the one that paths are added to, or None when it can."""
    if "?" in address or "#" in address:
        return "Nothing may follow a ? or #: leave it out."
    return refusal(address)


def refusal(address: str, clear_text_to: str = "") -> str | None:
    """Return why no token is sent to an address, with what to do, or None when it may be.

    `http://` is for this machine alone, and for the host `clear_text_to`."""
    if _PLAIN.fullmatch(address) is None:
        return "It is blank, or has characters that no address has. Type it, do not paste it."
    try:
        parts = urlsplit(address)
        host, has_port = parts.hostname or "", parts.port != 0
    except ValueError:
        return "It is no address. It looks like https://pos.example/api."
    if parts.scheme not in ("http", "https"):
        return "It must begin with https://."
    if "@" in parts.netloc:
        return "Leave out the user's name and password: the token is in a file of its own."
    if not has_port or _HOST.fullmatch(host) is None:
        return "It is no address. It looks like https://pos.example/api."
    if parts.scheme == "http" and host != clear_text_to and not _is_this_machine(host):
        return "http:// would send the token in clear text: use https://."
    return None


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def outside_refusal(address: str) -> str | None:
    """Return why an address cannot be one of a server elsewhere, to which a function sends a token that a person
    gave, or None when it can: https, and no address of the machine or the network that it runs in."""
    if why := base_refusal(address) or refusal(address):
        return why
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" or host == "localhost" or host.endswith(".localhost"):
        return "It must begin with https://, and be reachable from outside."
    try:
        inside = not ip_address(host).is_global
    except ValueError:
        return None  # a name
    return (
        "It is an address of a network of its own: give one that is reachable from outside."
        if inside
        else None
    )


def same_base(one: str, other: str) -> bool:
    """Return whether two base addresses, which `base_refusal` takes, are of the same server."""
    return _canonical(one) == _canonical(other)


def _canonical(address: str) -> tuple[str, str, int | None, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # of a row that is older than the rules
        return "", address, None, ""
    port = port or {"http": 80, "https": 443}.get(parts.scheme)
    here = "localhost" if _is_this_machine(host) else host
    return parts.scheme, here, port, parts.path.rstrip("/")
