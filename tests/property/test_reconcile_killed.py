"""Reconcile is killed after each of its port calls and given the same message again: it ends the
same."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_product
from tests.reconcile_world import FULL, ReconcileWorld
from tillbridge.domain.connection import Settings
from tillbridge.domain.findings import Code
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.run import Result
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.reconcile.repair import REPAIRS

PORTS = ("stores", "links", "link_list", "pending", "read_model", "runs", "queue", "signals")


class Killed(BaseException):
    """The process died here."""


class Knife:
    """Kills after the given number of port calls, before or after the call took effect."""

    def __init__(self, calls: int, *, late: bool) -> None:
        self.left, self.late = calls, late

    def over(self, port: Any) -> Any:
        return _Mortal(port, self)

    def strike(self) -> bool:
        self.left -= 1
        return self.left == 0


class _Mortal:
    def __init__(self, port: Any, knife: Knife) -> None:
        self._port, self._knife = port, knife

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if not callable(found):
            return found

        def call(*args: Any, **named: Any) -> Any:
            dies = self._knife.strike()
            if dies and not self._knife.late:
                raise Killed
            answer = found(*args, **named)
            if dies:
                raise Killed
            return answer

        return call


def a_damaged_world() -> ReconcileWorld:
    world = ReconcileWorld(page_size=4)
    settings = Settings(reconcile_mode=REPAIRS)
    world.stores.save_connection(replace(world.connection, settings=settings))
    world.linked(*(a_product(f"p-{n}", name=f"N{n}", sku=f"S{n}") for n in range(20)))
    world.online("p-3").fields["name"] = "Edited"
    world.online("p-17").fields["description"] = "Edited"
    world.online("p-9").levels[1] = 40
    gone = world.link("p-12").id
    assert gone is not None
    world.web.remove(gone)
    world.pos.save(a_product("p-5", name="N5", sku="S5", version=8, price=Decimal(44)))
    return world


def calls_of_a_whole_run() -> int:
    world, knife = a_damaged_world(), Knife(10**9, late=False)
    ports = {name: knife.over(getattr(world.reconcile_deps, name)) for name in PORTS}
    reader = knife.over(world.reader)
    deps = replace(world.reconcile_deps, **ports, open_reader=lambda *_: reader)
    reconcile_store(STORE, FULL, deps)
    return 10**9 - knife.left


@pytest.mark.parametrize("late", [False, True], ids=["before the call", "after the call"])
def test_killed_anywhere_and_asked_again_it_ends_the_same(late: bool) -> None:
    calls = calls_of_a_whole_run()
    assert calls > 30
    for number in range(1, calls + 1):
        world, knife = a_damaged_world(), Knife(number, late=late)
        ports = {name: knife.over(getattr(world.reconcile_deps, name)) for name in PORTS}
        reader = knife.over(world.reader)
        deps = replace(world.reconcile_deps, **ports, open_reader=lambda *_, reader=reader: reader)
        with pytest.raises(Killed):
            reconcile_store(STORE, FULL, deps)
        world.reconcile(FULL)
        world.push_until_quiet()
        done = world.runs.recent(STORE, 5)
        drift = {(f.product, f.code) for run in done for f in world.findings(run) if f.drift}
        assert drift == {
            ("p-3", Code.FIELD),
            ("p-17", Code.FIELD),
            ("p-9", Code.STOCK),
            ("p-5", Code.MISSED),
            ("p-12", Code.GONE_ONLINE),
        }, number
        assert world.online("p-3").name == "N3"
        assert world.online("p-9").levels[1] == 3
        assert world.online("p-5").fields["price"] == Decimal(44)
        assert world.link("p-12").status is LinkStatus.BROKEN
        assert world.reconcile(FULL).result is Result.CLEAN, number
