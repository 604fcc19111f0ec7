"""The console is made before any test, as wide as a file's. A command imports it when it is called: it
would be as narrow as the terminal that some test before it pretended, or that pytest's workers are told."""

import os

os.environ.pop("COLUMNS", None)

import cli.screen.console  # noqa: F401 - made by its import
