"""The console's own files: style, icons, scripts. Their address names their digest, so that browsers keep them
for a year and see a new release at once."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FOREVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}


@cache
def _contents() -> Mapping[str, bytes]:
    folder = files("tillbridge.console") / "static"
    there = sorted(folder.iterdir(), key=lambda each: each.name) if folder.is_dir() else []
    return {each.name: each.read_bytes() for each in there if _type(each.name)}


@cache
def digest() -> str:
    """Return the digest of all files together: one, because scripts import each other by relative paths."""
    found = hashlib.sha256()
    for name, content in _contents().items():
        found.update(f"{name}:{len(content)}:".encode() + content)
    return found.hexdigest()[:16]


def asset_address(name: str) -> str:
    """Return the address of a file. Raise KeyError for one that is not shipped."""
    _ = _contents()[name]
    return f"/static/{digest()}/{name}"


def asset(path: str) -> tuple[bytes, str, str] | None:
    """Return content, type and how long browsers may keep it, of an address; None when no such file is shipped.
    A page of an older release gets the newer file, which it may not keep."""
    _, _, named = path.removeprefix("/").partition("/")
    of, _, name = named.partition("/")
    content = _contents().get(name)
    if content is None:
        return None
    return content, _type(name), FOREVER if of == digest() else "no-cache"


def _type(name: str) -> str:
    return _TYPES.get(name[name.rfind(".") :], "") if "." in name else ""
