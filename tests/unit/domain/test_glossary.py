"""docs/glossary.md knows every word the code uses towards people."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tillbridge.domain.connection import PushContent, StoreState
from tillbridge.domain.field_policy import Field, Mode
from tillbridge.domain.lanes import POS_TRIGGERS, PUSH_REQUESTED, Lane
from tillbridge.domain.link import LinkStatus

ROOMS = ("domain", "usecases/push", "adapters")
NAMED = {"Problem": 0, "NeedsAttention": 0}
"""What carries a code, and where among its arguments."""


def _glossary(repository: Path) -> str:
    return (repository / "docs" / "glossary.md").read_text()


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in NAMED and node.args:
            code = node.args[NAMED[node.func.id]]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value


def test_every_status_mode_lane_and_trigger_is_explained(repository: Path) -> None:
    page = _glossary(repository)
    words = [*LinkStatus, *StoreState, *Mode, *Field, *PushContent, *Lane]
    words += [*POS_TRIGGERS, PUSH_REQUESTED]
    assert [word for word in words if f"`{word}`" not in page] == []


def test_every_code_of_a_failure_is_explained(repository: Path) -> None:
    house = repository / "layers" / "common" / "python" / "tillbridge"
    codes = {
        code
        for room in ROOMS
        for path in (house / room).rglob("*.py")
        for code in _codes(ast.parse(path.read_text()))
    }
    page = _glossary(repository)
    assert len(codes) > 15
    assert sorted(code for code in codes if f"`{code}`" not in page) == []
