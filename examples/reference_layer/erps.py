"""Which ERP has an order: while regions go over from one to another, the table says where it is booked, by when it was
placed; from then on it stays there, whatever the table says later.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from .documents import Order
from .store import Store

ERP = "erp"


class Row(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """From `valid_from` on, orders to a region are booked in an ERP."""

    region: Annotated[str, msgspec.Meta(min_length=1, max_length=10)]
    erp: Literal["erp", "erp-cloud"]
    valid_from: Annotated[datetime, msgspec.Meta(tz=True)]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What we were told last (contracts/layer, ErpTable)."""

    rows: Annotated[tuple[Row, ...], msgspec.Meta(max_length=1000)]


class Erps:
    """Keeps the table, and where each order was sent first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.erp_table()
        self.table = msgspec.json.decode(kept, type=Table) if kept else Table(())

    def learn(self, table: Table) -> None:
        """Go by this table from now on, also after a restart."""
        self._store.keep_erp_table(msgspec.json.encode(table))
        self.table = table

    def of_new(self, order: Order) -> str:
        """Where an order is to be booked. What was decided when it was first sent stands."""
        if not self.table.rows:
            return ERP
        return self._store.home(order.order_id, self.choose(order))

    def choose(self, order: Order) -> str:
        region = order.ship_to.region
        return next(
            (row.erp for row in self.table.rows if row.region == region and order.created_at >= row.valid_from), ERP
        )
