"""A customer wants to send something back (contracts/canonical/v1/return-request.json)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from ..identifiers import AccountId, CrmOrderId, LineId, ReturnRequestId, RmaId, Sku
from .quantity import Quantity
from .stored import Stored


class ReturnRequestStatus(StrEnum):
    """What became of the request, as the CRM was told."""

    REQUESTED = "requested"
    AUTHORIZED = "authorized"
    REJECTED = "rejected"
    RECEIVED = "received"
    CREDITED = "credited"


class ReturnRequestLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """How much of a line comes back."""

    line_id: LineId
    sku: Sku
    quantity: Quantity


class ReturnRequest(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The CRM's object; `rma_id` once the CRM was told of the authorization."""

    return_request_id: ReturnRequestId
    order_id: CrmOrderId
    account_id: AccountId
    reason: str
    lines: tuple[ReturnRequestLine, ...]
    status: ReturnRequestStatus
    rma_id: RmaId | None = None
