"""Peak memory of the function push while it drains 1,000 due products of many variants.

The POS, the links and the store keep nothing, as real ones keep nothing in this process; what the
function has loaded is loaded. Each figure is a process of its own, the peak of its resident memory.
Usage: push_memory.py [VARIANTS ...]"""

# ruff: noqa: PLC0415 - what the function loads is loaded in the measured process, with its settings

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

MOST_MB = 200
"""Of 256 MB, half of what the function has, without the runtime's own."""

PRODUCTS = 1_000
ROOT = Path(__file__).parents[1]


def main() -> int:
    """Measure each figure. Return 0 when none is above MOST_MB."""
    if sys.argv[1:2] == ["--one"]:
        print(_drain(int(sys.argv[2]), sys.argv[3]))
        return 0
    # Here, so that the measured process does not load it.
    from benches.helpers.results import Figure, finish

    figures = []
    for variants in [int(each) for each in sys.argv[1:]] or [0, 20, 100, 600]:
        for trigger in ("product.saved", "inventory_count.completed"):
            done = subprocess.run(  # noqa: S603 - our own code
                [sys.executable, __file__, "--one", str(variants), trigger],
                env=_environment(),
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            peak = int(done.stdout.split()[-1])
            figures.append(Figure(f"peak, {variants} variants, {trigger}", peak, MOST_MB, "MB"))
    return finish("push_memory", figures, whole=len(sys.argv) == 1)


def _environment() -> dict[str, str]:
    from tillbridge.environment import Environment

    return {
        **os.environ,
        **{field.name.upper(): "bench" for field in fields(Environment)},
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "POWERTOOLS_METRICS_NAMESPACE": "Tillbridge",
        "PYTHONPATH": f"{ROOT / 'layers/common/python'}{os.pathsep}{ROOT}",
    }


def _drain(variants: int, trigger: str) -> int:
    import functions.push.app  # noqa: F401 - what the function has loaded
    from tests.arrivals import arrivals
    from tests.builders import a_connection
    from tests.world import World
    from tillbridge.domain.errors import OutOfTime
    from tillbridge.domain.events import Event, changes
    from tillbridge.domain.ids import PosProductId, StoreId
    from tillbridge.ports.links import Links
    from tillbridge.ports.pos import Pos
    from tillbridge.ports.store_api import StoreApi
    from tillbridge.usecases.store_work import work_on_store

    store = StoreId("demo")
    world = World(connection=a_connection("demo"))
    push = replace(
        world.deps.push, links=cast("Links", _Links(variants)), read_model=cast("Any", _Views())
    )
    api = _Api(OutOfTime("enough measured"))
    deps = replace(
        world.deps,
        push=push,
        open_store=lambda *_: cast("StoreApi", api),
        open_pos=lambda *_: cast("Pos", _Pos(variants)),
    )
    ids = [PosProductId(f"p-{number:04d}") for number in range(PRODUCTS)]
    event = Event("e", store, trigger, world.clock.now_ms(), tuple((each, 2) for each in ids))
    world.pending.mark(changes(event, arrivals(world.clock)))
    work_on_store(store, deps)
    assert api.calls > 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


def _raw(product: str, variants: int) -> dict[str, Any]:
    level = [{"outlet_id": "o1", "on_hand": "3"}, {"outlet_id": "o2", "on_hand": "4"}]
    return {
        "id": product, "version": 2, "price": "39.90", "cost": "18.00", "sku": f"SKU-{product}",
        "name": f"Product {product}", "description_html": "<p>" + "text " * 60 + "</p>",
        "brand": "Pier & Sons", "department": {"name": "Chandlery"},
        "options": [{"name": "Size"}, {"name": "Colour"}] if variants else [],
        "stock": [] if variants else level,
        "variants": [
            {
                "id": f"{product}-{n:04d}", "sku": f"SKU-{product}-{n}", "price": "39.90",
                "cost": "18.00", "barcodes": [{"type": "UPC", "code": "012345678905"}],
                "option_values": [
                    {"name": "Size", "value": str(n % 30)},
                    {"name": "Colour", "value": f"Colour {n // 30}"},
                ],
                "stock": level,
            }
            for n in range(variants)
        ],
    }  # fmt: skip


class _Pos:
    def __init__(self, variants: int) -> None:
        self._variants = variants

    def products(self, ids: Sequence[str]) -> Mapping[str, Any]:
        from tillbridge.adapters.pos_cloud.client import products_of

        text = json.dumps([_raw(product, self._variants) for product in ids])
        found = products_of(json.loads(text, parse_float=Decimal))
        return {product.id: product for product in found}


class _Links:
    def __init__(self, variants: int) -> None:
        self._variants = variants

    def get(self, _: str, ids: Sequence[str]) -> Mapping[str, Any]:
        return {product: self._link(product) for product in ids}

    def _link(self, product: str) -> Any:
        from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, StoreVariantId
        from tillbridge.domain.link import Link, LinkedVariant, LinkStatus

        number = int(product[2:]) + 1
        return Link(
            product=PosProductId(product), status=LinkStatus.LINKED, id=StoreProductId(number),
            name=f"Product {product}", sku=f"SKU-{product}", content_version=1, stock_version=1,
            visible=True, tracking="variant" if self._variants else "product", assigned=True,
            variants={
                PosVariantId(f"{product}-{n:04d}"): LinkedVariant(
                    StoreVariantId(number * 1_000 + n), f"SKU-{product}-{n}", "f" * 20, 7,
                    (("Size", str(n % 30)), ("Colour", f"Colour {n // 30}")), "a" * 20,
                )
                for n in range(self._variants)
            },
        )  # fmt: skip

    def pushed(self, _: str, links: Iterable[Any]) -> list[str]:
        list(links)
        return []

    stocked = pushed

    def note_doubts(self, *_: object) -> None: ...

    def blocked_by(self, *_: object) -> list[Any]:
        return []

    def unblock(self, *_: object) -> None: ...


class _Views:
    def revise(
        self, _: str, asked: Collection[Any], compose: Callable[..., Iterable[Any]], details: Any
    ) -> None:
        assert asked
        for row in compose({}):
            details.compose((row.side, row.id), None)


class _Api:
    """A store that takes everything, until enough windows were measured."""

    def __init__(self, enough: Exception) -> None:
        from tillbridge.domain.slices import SliceRecord

        self.record = SliceRecord()
        self.calls = 0
        self._enough = enough

    def wait_needed(self, *, urgent: bool) -> float:  # noqa: ARG002 - the port's shape
        return 0.0

    def unanswered(self) -> int:
        return 0

    def ping(self) -> None: ...

    def update_products(self, items: Sequence[Any]) -> Mapping[int, str]:
        self._count(items)
        return {}

    def update_variants(self, items: Sequence[Any]) -> list[Any]:
        self._count(items)
        return []

    def update_variant(self, _: int, variant: int, __: object) -> Any:
        from tillbridge.domain.ids import StoreVariantId
        from tillbridge.domain.web_product import WebVariant

        self._count(())
        return WebVariant(StoreVariantId(variant))

    def variants(self, _: int) -> list[Any]:
        return []

    def set_stock(self, items: Sequence[Any]) -> None:
        self._count(items)

    def _count(self, items: Sequence[Any]) -> None:
        from tillbridge.adapters.bigcommerce.encoding import encode

        encode([item for item in items if isinstance(item, dict)])
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise self._enough


MOST_CALLS = 600

if __name__ == "__main__":
    sys.exit(main())
