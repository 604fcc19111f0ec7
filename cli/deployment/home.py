"""The folder in which the command line keeps its files; never a credential."""

import os
from pathlib import Path


def home() -> Path:
    """Return TILLBRIDGE_HOME, or `.tillbridge` in the user's home folder."""
    chosen = os.environ.get("TILLBRIDGE_HOME")
    return Path(chosen) if chosen else Path.home() / ".tillbridge"
