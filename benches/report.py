"""Print the goals of docs/performance.md with what was measured last, from `benches/results/`."""

import sys

from benches.helpers.results import Result, known, shown

HEAD = "| bench | goal | at most | measured | verdict |\n|---|---|---|---|---|"


def table() -> str:
    """Return the table in Markdown: one row for each figure that a whole run has measured."""
    return "\n".join([HEAD, *(row for result in known() for row in _rows(result))])


def _rows(result: Result) -> list[str]:
    return [
        f"| `{result.bench}` | {each.what} | {shown(each.most, each.unit)} | "
        f"{shown(each.measured, each.unit)} | {each.verdict} |"
        for each in result.figures
    ]


def main() -> int:
    """Print the table. Return 0, whatever the verdicts are: each bench has told its own."""
    print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
