"""The lines of an order of BigCommerce on the wire, and the consignments that they come in. Names and
addresses of whoever gets them have no field here, and so never leave this module."""

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator

from tillbridge.adapters.bigcommerce.wire import Amount, Count, Items, Number, reader
from tillbridge.adapters.borders.values import Text
from tillbridge.adapters.wire_record import Record
from tillbridge.domain.ids import StoreProductId, StoreVariantId, WebLineId
from tillbridge.domain.web_orders.shown import WebLine

type _Id = Annotated[Number, BeforeValidator(lambda value: value or 0)]


class LineRecord(Record):
    """A line. An id that is 0 or null is none: custom lines have no product."""

    id: Number
    product_id: _Id = 0
    variant_id: _Id = 0
    quantity: Count
    quantity_shipped: Count = 0
    quantity_refunded: Count = 0
    type: Text = "physical"
    sku: Text = ""
    name: Text = ""
    price_inc_tax: Amount = Decimal(0)
    price_ex_tax: Amount = Decimal(0)

    def as_read(self) -> WebLine:
        """Return the line as the port returns it."""
        return WebLine(
            id=WebLineId(self.id),
            product=StoreProductId(self.product_id) if self.product_id else None,
            variant=StoreVariantId(self.variant_id) if self.variant_id else None,
            quantity=self.quantity,
            shipped=self.quantity_shipped,
            refunded=self.quantity_refunded,
            physical=self.type == "physical",
            sku=self.sku,
            name=self.name,
            price_inc_tax=self.price_inc_tax,
            price_ex_tax=self.price_ex_tax,
        )


class _Consignment(Record):
    line_items: Items[LineRecord] = ()


class _Mails(Record):
    gift_certificates: Items[_Consignment] = ()


class Consignments(Record):
    """Where the lines of an order go: by post, to be picked up, as downloads, or by e-mail."""

    shipping: Items[_Consignment] = ()
    pickups: Items[_Consignment] = ()
    downloads: Items[_Consignment] = ()
    email: Annotated[_Mails, BeforeValidator(lambda value: value or {})] = _Mails()

    @property
    def lines(self) -> tuple[LineRecord, ...]:
        """Every line, once, by id."""
        parts = (self.shipping, self.pickups, self.downloads, self.email.gift_certificates)
        lines = {line.id: line for part in parts for each in part for line in each.line_items}
        return tuple(lines[number] for number in sorted(lines))


read_order_line = reader(LineRecord)
