"""A shop behind each kind of source, with what the suite needs to happen in it."""

from decimal import Decimal
from typing import Protocol

from tests.fakes.polled_source import FakeVendor
from tests.lightspeed_lab import Lab
from tillbridge.domain.ids import MemberId
from tillbridge.ports.pos_source import PosSource


class PolledShop(Protocol):
    """A shop whose source pages by `page` rows at the most."""

    @property
    def source(self) -> PosSource:
        """Return a source, as each poll opens one."""
        ...

    def save(self, name: str, price: str = "1.00") -> MemberId:
        """Save a simple product of this name, new or known."""
        ...

    def count(self, name: str, on_hand: str) -> None:
        """Have so many units of it at the shop's outlet."""
        ...

    def delete(self, name: str) -> None:
        """Delete it."""
        ...


class FakeShop:
    """The fake that the tests of polls use."""

    def __init__(self) -> None:
        self.source = FakeVendor()

    def save(self, name: str, price: str = "1.00") -> MemberId:
        self.source.save(name, price=Decimal(price))
        return MemberId(name)

    def count(self, name: str, on_hand: str) -> None:
        self.source.level(name, Decimal(on_hand))  # type: ignore[arg-type]  # the fake takes any number

    def delete(self, name: str) -> None:
        self.source.delete(name)


class LightspeedShop:
    """The simulated X-Series, and our adapter."""

    def __init__(self) -> None:
        self.lab = Lab(outlets=1)

    @property
    def source(self) -> PosSource:
        return self.lab.source()

    def save(self, name: str, price: str = "1.00") -> MemberId:
        self.lab.cloud.save_product(name, name=name, sku=name.upper(), price=price)
        return self.lab.member(name)

    def count(self, name: str, on_hand: str) -> None:
        self.lab.cloud.save_product(name, stock={"o-main": on_hand})

    def delete(self, name: str) -> None:
        self.lab.cloud.delete_product(name)
