"""A world in which BigCommerce products come into a simulated X-Series, whose polls feed a mirror, and are pushed
from there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tests.builders import a_connection, a_pos_account
from tests.import_world import ImportWorld
from tests.lightspeed_imports import CatalogueLab
from tests.mirrored import ACCOUNT
from tillbridge.adapters.pos_epochs import CatalogueInEpoch, PosInEpoch
from tillbridge.adapters.pos_mirror.pos import MirrorPos
from tillbridge.domain.connection import Connection
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.pos_account import PosKind
from tillbridge.domain.product import Product
from tillbridge.usecases.import_products.session import ImportDeps


class XSeriesImports(ImportWorld):
    """`lab` has the vendor, its mirror and the polls that feed it."""

    def __init__(self, **config: Any) -> None:
        self.lab = CatalogueLab(**config)
        account = a_pos_account(ACCOUNT, kind=PosKind.LIGHTSPEED_X)
        super().__init__(a_connection(pos_account=account), clock=self.lab.clock)
        self.lab.tells = self._tell
        self.deps = replace(
            self.deps,
            open_pos=lambda connection, _: PosInEpoch(
                MirrorPos(self.lab.mirror, ACCOUNT), connection.pos_account.epoch
            ),
        )

    def deps_with(
        self, wrap: Callable[[Any], Any], answered: Callable[[], None] = lambda: None
    ) -> ImportDeps:
        """Return the dependencies of a cold function `import`; `answered` hears of each vendor call."""

        def open_pos(connection: Connection, _: int) -> CatalogueInEpoch:
            catalogue = wrap(self.lab.catalogue(answered))
            return CatalogueInEpoch(catalogue, connection.pos_account.epoch)

        return replace(super().deps_with(wrap), open_pos=open_pos)

    def made(self) -> list[tuple[str, str]]:
        """Return the names and product numbers of what X-Series has."""
        live = self.lab.cloud.catalogue.live()
        return sorted((each.name, each.product_number) for each in live)

    def in_mirror(self, name: str) -> Product:
        """Return a product as pushes read it."""
        product = self.lab.mirror.named(ACCOUNT, name)
        assert product is not None
        return self.lab.mirror.products(ACCOUNT, [product])[product]

    def _tell(self, changed: Sequence[KeptFamily]) -> None:
        for kept in changed:
            found = self.lab.mirror.products(ACCOUNT, [kept.family.id])
            for record in found.values():
                self.says_saved(record)
