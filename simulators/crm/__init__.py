"""The CRM: accounts, quotes, orders as customers placed them, and what customer service sees of them; cases, returns.

It knows nothing of stock, tax or credit, and stores what the layer tells it. Rules only; channels carry them.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ...contracts.objects import Account, Case, Order, ReturnRequest
from ..index import Index
from ..kinds import PartyKind
from . import (
    account,
    cancellation,
    case,
    case_comment,
    contact,
    order,
    order_status,
    product,
    quote,
    return_request,
    tracking,
)
from .registry import rules

__all__ = [
    "KIND",
    "account",
    "cancellation",
    "case",
    "case_comment",
    "contact",
    "order",
    "order_status",
    "product",
    "quote",
    "return_request",
    "tracking",
]

INDEXES: Mapping[type[msgspec.Struct], Mapping[str, Index]] = {
    Account: {"customer_number": lambda record: record.customer_number},
    Order: {"account_id": lambda record: record.account_id},
    Case: {"order_id": lambda record: record.order_id, "reference": lambda record: record.reference},
    case_comment.CaseComment: {"case_id": lambda record: record.case_id},
    ReturnRequest: {"order_id": lambda record: record.order_id},
}

# A CRM has nothing to set: what it does is said in each request.
KIND = PartyKind(rules=rules, indexes=INDEXES, settings=lambda _name, _warehouses: {})
