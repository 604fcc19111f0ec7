"""The steps of a drain, found by walking its functions and ports, and bugs planted in them."""

import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, wraps
from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import tillbridge.domain
import tillbridge.usecases.push
from tests.faults import Planted
from tests.world import World
from tillbridge.usecases.push.slice.flight import Flight
from tillbridge.usecases.push.slice.progress import Progress
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.slice.store_index import StoreIndex

FENCES = {"fenced", "fenced_plan", "fenced_prepare", "flight", "weight", "history", "debts"}
"""Modules that are the fence, or that only count, or tell people what was done; a bug in them is no product's."""

PARTS_OF_FENCES = {
    "push_stock.fenced_batches",
    "push_stock.work_of",
    "window._fenced_calls",
    "waiting.attempts_of",
    "waiting.postpone",
    "pending.of",
    "pending.of_lanes",
    "pending.postpone",
}
"""Functions elsewhere without which nothing can be fenced."""

PORTS = ("pending", "links", "stores", "read_model", "web", "pos")
"""The ports of a world that a drain calls."""


@dataclass(frozen=True, order=True)
class Step:
    """A function, or a method of a port."""

    place: str
    name: str

    def __str__(self) -> str:
        return f"{self.place.rpartition('.')[2]}.{self.name}"


@cache
def steps() -> list[Step]:
    """Return every function of push, and of the domain as far as a drain uses it."""
    found = [
        Step(module.__name__, name)
        for module in _modules()
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__
    ]
    return sorted(step for step in found if str(step) not in PARTS_OF_FENCES)


def _modules() -> Iterator[ModuleType]:
    for package in (tillbridge.usecases.push, tillbridge.domain):
        for info in walk_packages(package.__path__, f"{package.__name__}."):
            if not info.ispkg and info.name.rpartition(".")[2] not in FENCES:
                yield import_module(info.name)


@cache
def _places() -> Mapping[Callable[..., Any], list[tuple[ModuleType, str]]]:
    """Return where each function of ours stands, or was imported to."""
    found: dict[Callable[..., Any], list[tuple[ModuleType, str]]] = defaultdict(list)
    for module_name, module in list(sys.modules.items()):
        for name, value in list(vars(module).items()):
            if module_name.startswith("tillbridge.") and isfunction(value):
                found[value].append((module, name))
    return found


def concerns(value: object, marks: frozenset[object], depth: int = 6) -> bool:
    """Return whether a value is about a product: `marks` are its ids, its name and its SKU."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value in marks
    if isinstance(value, Session | Flight | Progress | StoreIndex | World) or depth == 0:
        return False
    if isinstance(value, Mapping):
        return any(concerns(each, marks, depth - 1) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return any(concerns(each, marks, depth - 1) for each in value)
    if is_dataclass(value):
        parts = (getattr(value, field.name, None) for field in fields(value))
        return any(concerns(part, marks, depth - 1) for part in parts)
    return False


@contextmanager
def watched(
    world: World,
    marks: Callable[[], frozenset[object]],
    see: Callable[[Step], object],
    only: Step | None = None,
    known: Container[Step] = (),
) -> Iterator[None]:
    """Have `see` called before each step that concerns a product, or before this one `only`, but for
    steps that are in `known` by then: to look through their arguments again would tell nothing."""
    undo: list[Callable[[], None]] = []
    for step in steps() if only is None else [only] if only.place not in PORTS else []:
        real = getattr(sys.modules[step.place], step.name)
        spy = _spy(real, step, marks, see, known)
        for module, name in _places()[real]:
            setattr(module, name, spy)
            undo.append(lambda m=module, n=name, r=real: setattr(m, n, r))  # type: ignore[misc]
    for port in PORTS:
        there = getattr(world, port)
        for name, _ in getmembers(type(there), isfunction):
            step = Step(port, name)
            if name.startswith("_") or str(step) in PARTS_OF_FENCES:
                continue
            if only in (None, step):
                bound = getattr(there, name)
                setattr(there, name, _spy(bound, step, marks, see, known))
                undo.append(lambda t=there, n=name: delattr(t, n))  # type: ignore[misc]
    try:
        yield
    finally:
        for back in reversed(undo):
            back()


def _spy(
    real: Callable[..., Any],
    step: Step,
    marks: Callable[[], frozenset[object]],
    see: Callable[[Step], object],
    known: Container[Step],
) -> Callable[..., Any]:
    @wraps(real)
    def spied(*arguments: Any, **named: Any) -> Any:
        if step not in known and concerns((arguments, named), marks()):
            see(step)
        return real(*arguments, **named)

    return spied


def bug(step: Step) -> None:
    """Raise a planted bug."""
    raise Planted(str(step))
