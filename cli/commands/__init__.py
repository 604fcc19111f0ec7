"""The commands: one module each, named as the command is; `cli/command_table.py` lists them.

A module says what a person may write: options, arguments and their help. What the command works
with is imported when it runs, so that help, completion and mistakes cost nothing of it."""
