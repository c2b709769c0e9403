"""A line of an invoice or a credit memo (contracts/canonical/v1/invoice.json, credit-memo.json)."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ..identifiers import LineId, Sku
from .money import Money
from .quantity import Quantity


class BilledLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`net_amount` = unit price × quantity, `tax_amount` = net × `tax_rate` (percent), each rounded half
    up.
    """

    line_id: LineId
    sku: Sku
    quantity: Quantity
    unit_price: Money
    tax_rate: Decimal
    net_amount: Money
    tax_amount: Money
