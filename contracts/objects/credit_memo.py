"""Money back for returned goods (contracts/canonical/v1/credit-memo.json)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ..identifiers import CreditMemoNo, CrmOrderId, CustomerNumber, ErpOrderId, ReceiptId, RmaId
from .billed_line import BilledLine
from .stored import Stored
from .totals import Totals


class CreditMemoStatus(StrEnum):
    """posted → applied; or cancelled."""

    POSTED = "posted"
    APPLIED = "applied"
    CANCELLED = "cancelled"


class CreditMemo(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The ERP's object; amounts are positive."""

    credit_memo_no: CreditMemoNo
    rma_id: RmaId
    sales_order_id: ErpOrderId
    order_id: CrmOrderId
    customer_number: CustomerNumber
    receipt_ids: tuple[ReceiptId, ...]
    currency: str
    issue_date: date
    reason: str | None = None
    lines: tuple[BilledLine, ...]
    totals: Totals
    status: CreditMemoStatus
