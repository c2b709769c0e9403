"""A word to the packers of a customer's goods, which the ERP has on file: written beforehand, by whoever plays the
world.

Each fulfilment of the customer is released with it (`instructions` in contracts/canonical/v1/fulfilment-request.json).
"""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import CustomerNumber
from ..transaction import Transaction


class Instructions(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """Its key is the customer's number; at most 80 characters."""

    text: str


def of(tx: Transaction, customer_number: CustomerNumber) -> str | None:
    """A word to the packers; None where nobody has said anything."""
    known = tx.find(Instructions, customer_number)
    return known.text if known is not None else None
