"""The shapes of what `--json` prints: typed dictionaries, which mypy holds the commands to, and of which
contracts/cli.schema.json is made (cli/shapes/schema.py)."""
