"""The console of the command line, made what a person sees before any test of any suite: a terminal, so wide
that no sentence is broken, and without colours. A command imports it when it is called: what pytest prints to is
no terminal, and gets tables between tabs (tests/unit/cli/test_reports_at_80_columns.py)."""

from cli.screen import console as module

module.console = module.Screen(width=1_000, force_terminal=True, color_system=None)
