"""The files that pages load, each under an address that changes when any of them does."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOREVER = "public, max-age=31536000, immutable"
"""How long browsers may keep a file: its address changes with it."""

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@cache
def files() -> Mapping[str, tuple[str, str, bytes]]:
    """Return each file by its name: digest, content type and content. The digest is that of all files
    together, so that a module finds those it imports beside it."""
    found = {
        path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES
    }
    together = hashlib.sha256()
    for name, content in found.items():
        together.update(f"{name}:{len(content)}:".encode() + content)
    digest = together.hexdigest()[:16]
    return {name: (digest, _TYPES[Path(name).suffix], content) for name, content in found.items()}


def static_address(name: str) -> str:
    """Return the address of a file. Raise KeyError for one that is not there."""
    return f"/static/{files()[name][0]}/{name}"


def static_file(digest: str, name: str) -> tuple[str, bytes] | None:
    """Return content type and content; None for another digest than today's, or no such file."""
    found = files().get(name)
    return found[1:] if found and found[0] == digest else None
