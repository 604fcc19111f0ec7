"""The commands: one module each, named as the command is; `cli/command_table.py` lists them.

A module declares the options and arguments, with their help. It imports what the command works with
inside the function, so that help, completion and wrong arguments do not pay for it."""
