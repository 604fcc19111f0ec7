"""Reference data that lies beside this checkout and is never copied into it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

type Beside = Callable[..., Path]
"""Returns a path below the shared folder. Skips the test where it is missing, and names it."""


def beside_of(repository: Path) -> Beside:
    """Return a finder of reference data in `../shared`, or in the folder that TILLBRIDGE_SHARED
    names."""
    folder = Path(os.environ.get("TILLBRIDGE_SHARED", repository.parent / "shared"))

    def find(*parts: str) -> Path:
        path = folder.joinpath(*parts)
        if not path.exists():
            pytest.skip(
                f"needs ../shared/{'/'.join(parts)} (TILLBRIDGE_SHARED names another folder)"
            )
        return path

    return find
