"""The release that this code is of."""

VERSION = "0.2.0"
"""As pyproject.toml and the template's output `Version` say it, which a test compares."""
