"""What became of an order line (contracts/canonical/v1/line-quantities.json)."""

from __future__ import annotations

import msgspec

from .quantity import Quantity


class LineQuantities(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """In the line's unit. What is neither shipped nor cancelled is open; `backordered` is part of what is
    open.
    """

    shipped: Quantity
    backordered: Quantity
    cancelled: Quantity
    returned: Quantity

    @classmethod
    def none(cls, uom: str) -> LineQuantities:
        """Of a line that nothing has happened to."""
        zero = Quantity.zero(uom)
        return cls(shipped=zero, backordered=zero, cancelled=zero, returned=zero)
