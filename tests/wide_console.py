"""The console of the command line, made as wide as a file's before any test of any suite. A command imports
it when it is called: it would be as narrow as the terminal that some test before it pretended, or that
pytest's workers are told."""

import os

os.environ.pop("COLUMNS", None)

import cli.screen.console  # noqa: F401 - made by its import
