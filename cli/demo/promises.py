"""The last lines of a demo: which promises did not hold, or that all did."""

from collections.abc import Sequence

from rich.text import Text

from cli.screen.console import console


def say_promises(broken: Sequence[str], when_kept: str = "Every promise held.") -> None:
    """Print each promise that did not hold; without any, `when_kept`."""
    for words in broken:
        console.print(Text("✗", "red"), f"Not kept: {words}")
    if not broken:
        console.print(Text("✓", "green"), when_kept)
