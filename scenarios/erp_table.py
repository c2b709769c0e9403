"""By which ERP a region's orders are booked, and from when (docs/decisions/0017-two-erps-side-by-side.md).

A region is that of the address to which an order goes (`FL`). Orders go by when they were placed: what was ordered
before the moment stays with the old ERP to its end, whatever comes of it and however late it is booked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from ..simulators.world import ERP

NOTE = "erps"  # as the journal calls what the layer was told
# An order that is placed so shortly before the moment may be under way then, and is well booked in either ERP.
UNDER_WAY = timedelta(hours=1)


class ErpRow(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """From `valid_from` on, in business time, orders to this region are booked in this ERP."""

    region: str
    erp: str
    valid_from: datetime


@dataclass(slots=True)
class ErpTable:
    """Region → its row. A region goes over once; one without a row stays where it is."""

    _rows: dict[str, ErpRow] = field(default_factory=dict)

    def __contains__(self, region: str) -> bool:
        return region in self._rows

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def rows(self) -> tuple[ErpRow, ...]:
        return tuple(self._rows.values())

    def learn(self, rows: Iterable[ErpRow]) -> None:
        self._rows.update((row.region, row) for row in rows)

    def moment(self, region: str) -> datetime:
        """When a region of the table goes over."""
        return self._rows[region].valid_from

    def rightful(self, region: str, placed_at: datetime) -> tuple[str, ...]:
        """The ERPs in which an order may be booked: one, or two while it may be under way at the moment."""
        row = self._rows.get(region)
        if row is None or placed_at < row.valid_from - UNDER_WAY:
            return (ERP,)
        return (row.erp,) if placed_at >= row.valid_from else (ERP, row.erp)


def written(rows: Iterable[ErpRow]) -> dict[str, Any]:
    """As the layer is told it (contracts/layer, ErpTable)."""
    return {"rows": msgspec.to_builtins(list(rows))}


def read(document: object) -> list[ErpRow]:
    """The rows of what the layer was told. Raises: msgspec.ValidationError."""
    return msgspec.convert(document, type=dict[str, list[ErpRow]])["rows"]
