"""A file of the simulators holds rows or routes, never both, and its name says which."""

import ast
from pathlib import Path

import pytest

SANDBOX = Path(__file__).parents[2] / "sandbox"
MODULES = {
    str(path.relative_to(SANDBOX)): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SANDBOX.rglob("*.py"))
}
ROUTES = [name for name in MODULES if name.endswith("_routes.py")]
# What registers a path: BigCommerce's operations, and Starlette's own routes.
REGISTERS = {"Operation", "Route", "WebSocketRoute"}
# What holds the simulators' state: a routes module may pass it on, but not reach into it.
STATE = {"store", "catalogue", "db"}


def registers_routes(module: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Call) and last_name(node.func) in REGISTERS
        for node in ast.walk(module)
    )


def reached(module: ast.Module) -> list[str]:
    """Return where a module uses a part of the state, as written."""
    return [
        ast.unparse(node)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and last_name(node.value).lstrip("_") in STATE
    ]


def last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_there_are_routes_to_look_at() -> None:
    assert len(ROUTES) > 15


@pytest.mark.parametrize("name", MODULES)
def test_a_module_registers_routes_exactly_if_its_name_says_so(name: str) -> None:
    assert registers_routes(MODULES[name]) == (name in ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_a_module_of_routes_leaves_the_state_to_the_rows(name: str) -> None:
    assert reached(MODULES[name]) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("call.store.db.one('SELECT 1')", True),
        ("self._store.traffic.count('GET', 200)", True),
        ("cloud.catalogue.find('p-1')", True),
        ("create_brand(call, call.json())", False),
        ("count(self._store, 200)", False),
    ],
)
def test_reaching_into_the_state_is_told_from_handing_it_on(source: str, *, found: bool) -> None:
    assert bool(reached(ast.parse(source))) == found
