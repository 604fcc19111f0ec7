"""The part of the fake store that composes products: categories, options, variants, images."""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tests.fakes.heard import telling
from tests.fakes.scripting import Called, Script
from tests.fakes.store_records import ProductRecord, StoreRecords, shown_variant
from tillbridge.domain.errors import Gone, Refused
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import folded, name_key
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.web_product import WebVariant
from tillbridge.ports.store_api import StoreOption


class FakeStructure:
    """Also holds what every call passes through: it is counted and logged, and refused or failed on
    request."""

    def __init__(self) -> None:
        self.record = SliceRecord()
        self.script = Script()
        self.records = StoreRecords()
        self.refuses: dict[StoreProductId, Refused] = {}
        self._categories: dict[int, dict[str, int]] = {}

    def categories(self, tree: int) -> Mapping[str, int]:
        """See StoreApi."""
        return self._do(
            "categories",
            "GET /catalog/trees/categories",
            (),
            tree,
            lambda: dict(self._categories.get(tree, {})),
        )

    def create_categories(self, tree: int, names: Sequence[str]) -> Mapping[str, int]:
        """See StoreApi."""

        def work() -> Mapping[str, int]:
            kept = self._categories.setdefault(tree, {})
            for name in names:
                if not name.strip() or len(name) > 50:
                    raise Refused(422, "Invalid field(s): name", {"name": "1 to 50 characters"})
            for name in names:
                kept.setdefault(name_key(name), self.records.next_id())
            return {name_key(name): kept[name_key(name)] for name in names}

        return self._do(
            "create_categories", "POST /catalog/trees/categories", (), list(names), work
        )

    def options(self, product: StoreProductId) -> Sequence[StoreOption]:
        """See StoreApi."""
        template = "GET /catalog/products/{product_id}/options"
        return self._do(
            "options",
            template,
            (),
            product,
            lambda: list(self.records.product(product).options.values()),
        )

    def create_option(
        self, product: StoreProductId, name: str, values: Sequence[str]
    ) -> StoreOption:
        """See StoreApi."""

        def work() -> StoreOption:
            options = self.records.product(product).options
            if any(folded(option.name) == folded(name) for option in options.values()):
                raise Refused(422, f"The option name {name} is already used on this product")
            labels = {value: self.records.next_id() for value in values}
            option = StoreOption(self.records.next_id(), name, labels)
            options[option.id] = option
            return option

        template = "POST /catalog/products/{product_id}/options"
        return self._do("create_option", template, [product], (name, values), work)

    def add_option_value(self, product: StoreProductId, option: int, label: str) -> int:
        """See StoreApi."""

        def work() -> int:
            options = self.records.product(product).options
            if option not in options:
                raise Gone(404, f"The option {option} was not found")
            old = options[option]
            if label in old.values:
                raise Refused(422, f"The option value {label} is already used")
            values = {**old.values, label: self.records.next_id()}
            options[option] = StoreOption(old.id, old.name, values)
            return values[label]

        template = "POST /catalog/products/{product_id}/options/{option_id}/values"
        return self._do("add_option_value", template, [product], (option, label), work)

    def delete_option(self, product: StoreProductId, option: int) -> None:
        """See StoreApi."""
        self._delete("delete_option", "options/{option_id}", product, option, lambda p: p.options)

    def variants(self, product: StoreProductId) -> Sequence[WebVariant]:
        """See StoreApi."""
        template = "GET /catalog/products/{product_id}/variants"
        return self._do(
            "variants",
            template,
            (),
            product,
            lambda: [shown_variant(v) for v in self.records.product(product).variants.values()],
        )

    def delete_variant(self, product: StoreProductId, variant: StoreVariantId) -> None:
        """See StoreApi."""
        self._delete(
            "delete_variant", "variants/{variant_id}", product, variant, lambda p: p.variants
        )

    def images(self, product: StoreProductId) -> Sequence[int]:
        """See StoreApi."""
        template = "GET /catalog/products/{product_id}/images"
        return self._do(
            "images", template, (), product, lambda: list(self.records.product(product).images)
        )

    def add_image(self, product: StoreProductId, image: Json) -> int:
        """See StoreApi."""

        def work() -> int:
            self.records.checked_images([image])
            number = self.records.next_id()
            self.records.product(product).images[number] = dict(image)
            return number

        template = "POST /catalog/products/{product_id}/images"
        return self._do("add_image", template, [product], image, work)

    def delete_image(self, product: StoreProductId, image: int) -> None:
        """See StoreApi."""
        self._delete("delete_image", "images/{image_id}", product, image, lambda p: p.images)

    def _do[T](
        self,
        method: str,
        template: str,
        touches: Iterable[StoreProductId],
        sent: Any,
        work: Callable[[], T],
    ) -> T:
        touched = frozenset(touches)

        def refused_or_done() -> T:
            for product in touched & self.refuses.keys():
                raise self.refuses[product]
            return work()

        with telling(self.record, template, self.script.clock):
            return self.script.play(Called(method, touched, copy.deepcopy(sent)), refused_or_done)

    def _delete(
        self,
        method: str,
        path: str,
        product: StoreProductId,
        item: int,
        where: Callable[[ProductRecord], dict[Any, Any]],
    ) -> None:
        def work() -> None:
            found = self.records.products.get(product)
            if found is not None:
                where(found).pop(item, None)

        template = f"DELETE /catalog/products/{{product_id}}/{path}"
        self._do(method, template, [product], item, work)
