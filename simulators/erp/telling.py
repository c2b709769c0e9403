"""What changes more than once in a step is told once, as it is in the end; nobody is shown what is in between."""

from __future__ import annotations

import msgspec

from ..transaction import Transaction


def tell(tx: Transaction, type: str, subject: str, data: msgspec.Struct, *, order_id: str = "") -> None:
    """Announce the present state of a subject, in the place of what this step has announced of it before."""
    tx.announcements[:] = [each for each in tx.announcements if each.type != type or each.subject != subject]
    tx.announce(type, subject, data, order_id=order_id)
