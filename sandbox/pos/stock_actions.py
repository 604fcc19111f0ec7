"""The seven triggers that move stock, from a sale to an adjustment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from sandbox.pos import levels
from sandbox.pos.catalogue import Catalogue
from sandbox.pos.clock import timestamp, utc_now
from sandbox.pos.emitter import Emitter
from sandbox.pos.events import reference
from sandbox.pos.inputs import AdjustmentLine, CountLine, Line, OrderLine, RefundLine
from sandbox.pos.levels import LevelChange
from sandbox.pos.model import Level, Product
from sandbox.pos.numbers import money_text, quantity_text

type Data = dict[str, Any]
type Given = Mapping[str, Any] | BaseModel


class StockMove(NamedTuple):
    """One change of one level of one unit."""

    product_id: str
    variant_id: str | None
    outlet_id: str
    change: LevelChange


def more(quantity: Decimal) -> LevelChange:
    """Return a change that adds a quantity of either sign to what is on hand."""
    return lambda level: replace(level, on_hand=level.on_hand + quantity)


def _commit(quantity: Decimal) -> LevelChange:
    return lambda level: replace(level, committed=level.committed + quantity)


def _count(counted: Decimal) -> LevelChange:
    return lambda level: replace(level, on_hand=counted)


def _nothing(level: Level) -> Level:
    return level


class StockActions:
    """The stock triggers of the POS; each returns its event's data. All raise PosRefusal."""

    catalogue: Catalogue
    emitter: Emitter

    def sell(
        self, lines: Sequence[Given], *, outlet_id: str = "o-main", layaway: bool = False
    ) -> Data:
        """Complete a sale; a layaway keeps the goods on hand but commits them to the buyer."""
        sold = [Line.model_validate(line) for line in lines]
        change = _commit if layaway else lambda quantity: more(-quantity)
        moves = [StockMove(*_unit(line), outlet_id, change(line.quantity)) for line in sold]
        sale = {
            "outlet_id": outlet_id,
            "register_id": "r-1",
            "lines": [_line_data(x) for x in sold],
        }
        return self._move("sale.completed", "sale", "sale_id", "s", sale, moves)

    def refund(
        self, lines: Sequence[Given], *, outlet_id: str = "o-main", original_sale_id: str = ""
    ) -> Data:
        """Complete a refund; lines with `restocked` false are refunded but not restocked."""
        returned = [RefundLine.model_validate(line) for line in lines]
        refund = {
            "original_sale_id": original_sale_id or None,
            "outlet_id": outlet_id,
            "lines": [_line_data(line) for line in returned],
        }
        moves = [_return(line, outlet_id) for line in returned]
        return self._move("refund.completed", "refund", "refund_id", "rf", refund, moves)

    def exchange(
        self,
        returned: Sequence[Given],
        sold: Sequence[Given],
        *,
        outlet_id: str = "o-main",
        original_sale_id: str = "",
    ) -> Data:
        """Complete an exchange: one event for the returned and the sold lines."""
        back = [RefundLine.model_validate(line) for line in returned]
        out = [Line.model_validate(line) for line in sold]
        exchange = {
            "original_sale_id": original_sale_id or None,
            "outlet_id": outlet_id,
            "returned": [_line_data(line) for line in back],
            "sold": [_line_data(line) for line in out],
        }
        moves = [_return(line, outlet_id) for line in back]
        moves += [StockMove(*_unit(line), outlet_id, more(-line.quantity)) for line in out]
        return self._move("exchange.completed", "exchange", "exchange_id", "x", exchange, moves)

    def inventory_count(self, lines: Sequence[Given], *, outlet_id: str = "o-main") -> Data:
        """Complete a count: the counted quantity replaces what was on hand."""
        counted = [CountLine.model_validate(line) for line in lines]
        with self.catalogue.lock:
            details = [_line_data(x) | {"expected": self._on_hand(x, outlet_id)} for x in counted]
            count = {"outlet_id": outlet_id, "scope": "partial", "lines": details}
            moves = [StockMove(*_unit(line), outlet_id, _count(line.counted)) for line in counted]
            staged = self._stage(moves)
        return self._emit(
            "inventory_count.completed", "inventory_count", "count_id", "c", count, staged
        )

    def stock_order(
        self, lines: Sequence[Given], *, outlet_id: str = "o-main", vendor: str = "No Vendor"
    ) -> Data:
        """Receive goods from a vendor."""
        received = [OrderLine.model_validate(line) for line in lines]
        order = {
            "vendor_id": self.catalogue.vendors.ensure(vendor)[0].id,
            "outlet_id": outlet_id,
            "lines": [{"ordered": quantity_text(x.received)} | _line_data(x) for x in received],
        }
        moves = [StockMove(*_unit(line), outlet_id, more(line.received)) for line in received]
        return self._move(
            "stock_order.completed", "stock_order", "stock_order_id", "so", order, moves
        )

    def stock_transfer(
        self, lines: Sequence[Given], *, source: str = "o-main", destination: str = "o-west"
    ) -> Data:
        """Send goods from one outlet to another, and receive them there."""
        sent = [Line.model_validate(line) for line in lines]
        details = [
            {k: v for k, v in _line_data(line).items() if k != "quantity"}
            | {"sent": quantity_text(line.quantity), "received": quantity_text(line.quantity)}
            for line in sent
        ]
        transfer = {
            "source_outlet_id": source,
            "destination_outlet_id": destination,
            "lines": details,
        }
        moves = [StockMove(*_unit(line), source, more(-line.quantity)) for line in sent]
        moves += [StockMove(*_unit(line), destination, more(line.quantity)) for line in sent]
        return self._move(
            "stock_transfer.completed", "stock_transfer", "stock_transfer_id", "st", transfer, moves
        )

    def stock_adjustment(
        self, lines: Sequence[Given], *, outlet_id: str = "o-main", reason: str = "STOCK_FOUND"
    ) -> Data:
        """Correct what is on hand, up or down."""
        corrected = [AdjustmentLine.model_validate(line) for line in lines]
        details = {
            "outlet_id": outlet_id,
            "reason": reason,
            "lines": [_line_data(x) for x in corrected],
        }
        moves = [StockMove(*_unit(line), outlet_id, more(line.delta)) for line in corrected]
        return self._move(
            "stock_adjustment.completed", "stock_adjustment", "stock_adjustment_id", "sa", details, moves
        )  # fmt: skip

    def _move(
        self,
        detail_type: str,
        name: str,
        id_name: str,
        prefix: str,
        details: Data,
        moves: list[StockMove],
    ) -> Data:
        return self._emit(detail_type, name, id_name, prefix, details, self._stage(moves))

    def _stage(self, moves: list[StockMove]) -> tuple[list[Product], int]:
        """Apply every move or none; return the changed products and the newest version."""
        with self.catalogue.lock:
            staged: dict[str, Product] = {}
            for move in moves:
                known = staged.get(move.product_id)
                if known is None:
                    known = replace(
                        self.catalogue.get(move.product_id), version=self.catalogue.next_version()
                    )
                staged[move.product_id] = levels.changed(
                    known, move.variant_id, move.outlet_id, move.change, known.version
                )
            for product in staged.values():
                self.catalogue.put(replace(product, updated_at=timestamp(utc_now())))
            return list(staged.values()), self.catalogue.version

    def _emit(
        self,
        detail_type: str,
        name: str,
        id_name: str,
        prefix: str,
        details: Data,
        staged: tuple[list[Product], int],
    ) -> Data:
        products, version = staged
        data = {name: {id_name: f"{prefix}-{version}", **details}}
        references = [reference(product) for product in products]
        return self.emitter.emit(detail_type, data, references, sequence=version)

    def _on_hand(self, line: CountLine, outlet_id: str) -> str | None:
        stock = levels.unit_stock(self.catalogue.get(line.product_id), line.variant_id)
        found = (quantity_text(x.on_hand) for x in stock if x.outlet_id == outlet_id)
        return next(found, None)


def _unit(line: Line | OrderLine | CountLine | AdjustmentLine) -> tuple[str, str | None]:
    return line.product_id, line.variant_id


def _return(line: RefundLine, outlet_id: str) -> StockMove:
    return StockMove(*_unit(line), outlet_id, more(line.quantity) if line.restocked else _nothing)


def _line_data(line: BaseModel) -> Data:
    """Return a line as the event shows it: decimals as strings, None left out."""
    details: Data = {}
    for key, value in line.model_dump(exclude_none=True).items():
        text = money_text if key == "unit_cost" else quantity_text
        details[key] = text(value) if isinstance(value, Decimal) else value
    return details
