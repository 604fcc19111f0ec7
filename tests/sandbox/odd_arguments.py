"""Command lines that nobody means: every command of the table, with odd values for its options and arguments."""

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st
from typer.core import TyperOption

from cli.command_group import CommandGroup
from cli.main import main
from tests.unit.cli.test_help import MODULES

ODD = (
    *(
        "",
        " ",
        "-",
        "--",
        "---",
        "-x",
        "=",
        "a=b",
        "/",
        ".",
        "../../etc/passwd",
        "/dev/null",
        "/nowhere/at/all",
    ),
    *(
        "0",
        "-1",
        "-0",
        "1",
        "9" * 20,
        "9" * 41,
        "9" * 5_000,
        "1e999",
        "1e-999",
        "nan",
        "inf",
        "٣",
        "1_000",
        "0x10",
    ),
    *(
        "\udcff",
        "\x1b[2J",
        "\u202e",
        "é" * 300,
        "🎂",
        "x" * 300,
        "a b",
        "a\nb",
        "%00",
        "{",
        "[]",
        "null",
        "'",
        "`",
    ),
    *(
        "safety_stock=" + "9" * 41,
        "safety_stock=learned:1e9",
        "price=",
        "web_orders=pos=off",
        "outlets=,,",
        "1-9",
        "9-1",
    ),
    *(
        "brand=",
        "keyword=\udcff",
        "category=x",
        "p-1001",
        "demo",
        "on",
        "all",
        "forever",
        "2026-13-01",
        "99999d",
        "0m",
    ),
    *(
        "http://127.0.0.1:1",
        "https://user:pass@127.0.0.1:1",
        "http://[",
        "file:///etc/passwd",
        "eu-west-1",
        "default",
    ),
)


@cache
def _params(path: str) -> Sequence[Any]:
    command: Any = CommandGroup(name="tillbridge")
    for name in path.split():
        command = command.get_command(None, name)
    return [each for each in command.params if each.name not in {"stack", "profile", "region"}]


@st.composite
def command_lines(draw: st.DrawFn, paths: Sequence[str] = tuple(MODULES)) -> list[str]:
    """Draw the words of one command; what a command needs, it mostly has."""
    path = draw(st.sampled_from(paths))
    words = path.split()
    for param in _params(path):
        often = 9 if param.required else 3
        given = draw(st.integers(0, 9)) < often
        for _ in range(draw(st.integers(1, 2)) if given else 0):
            if isinstance(param, TyperOption):
                words.append(draw(st.sampled_from(param.opts)))
                if param.is_flag:
                    continue
            words.append(
                draw(st.sampled_from(ODD) | st.text(max_size=8).filter(lambda t: "\0" not in t))
            )
    return words


def ended(words: Sequence[str], typed: bytes = b"") -> tuple[int, str]:
    """Run a command line in this process, as the console script does; return its status and all that it printed."""
    out = io.StringIO()
    keys = io.TextIOWrapper(io.BytesIO(typed))
    with (
        patch.object(sys, "argv", ["tillbridge", *words]),
        patch.object(sys, "stdin", keys),
        redirect_stdout(out),
        redirect_stderr(out),
    ):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0), out.getvalue()
    raise AssertionError("the console script ends with a status")
