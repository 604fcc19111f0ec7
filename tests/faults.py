"""Faults that a test plants. All other faults are raised where a fence notes them, so that no fence
hides a bug from the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tillbridge.usecases.fence import Fault, _listeners, listen, stop_listening


class Planted(Exception):
    """A bug that a test plants."""


@dataclass
class Faults:
    """The faults that the fences noted. Unless they are `planted`, each is raised."""

    planted: bool = False
    noted: list[Fault] = field(default_factory=list)

    def hear(self, fault: Fault) -> None:
        """Note a fault; raise it when nobody planted it."""
        if not self.planted:
            raise fault.error
        self.noted.append(fault)

    @property
    def products(self) -> set[str]:
        """The products that faults were booked on."""
        return {fault.product for fault in self.noted}


@contextmanager
def heard() -> Iterator[Faults]:
    """Hear every fault from entry to exit, and nobody else: a function that a test loaded would count
    it, too."""
    faults = Faults()
    others = list(_listeners)
    for each in others:
        stop_listening(each)
    listen(faults.hear)
    try:
        yield faults
    finally:
        stop_listening(faults.hear)
        for each in others:
            listen(each)
