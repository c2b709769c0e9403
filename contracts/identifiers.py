"""Identifiers: a type of its own for each kind, so that one party's id cannot stand for another's.

On the wire all are opaque strings of at most 40 characters from `[A-Za-z0-9._-]`
(contracts/canonical/v1/identifiers.json says whose id each one is); a `FulfilmentId` has at most 22, because
X12 gives it no more (W0502).
"""

from __future__ import annotations

from typing import NewType

CrmOrderId = NewType("CrmOrderId", str)
ErpOrderId = NewType("ErpOrderId", str)
FulfilmentId = NewType("FulfilmentId", str)
ShipmentId = NewType("ShipmentId", str)
TrackingNumber = NewType("TrackingNumber", str)
PackageId = NewType("PackageId", str)
InvoiceNo = NewType("InvoiceNo", str)
CreditMemoNo = NewType("CreditMemoNo", str)
CaseId = NewType("CaseId", str)
QuoteId = NewType("QuoteId", str)
AccountId = NewType("AccountId", str)
ContactId = NewType("ContactId", str)
CustomerNumber = NewType("CustomerNumber", str)
ReturnRequestId = NewType("ReturnRequestId", str)
RmaId = NewType("RmaId", str)
ReceiptId = NewType("ReceiptId", str)
ReservationId = NewType("ReservationId", str)
MovementId = NewType("MovementId", str)
AdjustmentId = NewType("AdjustmentId", str)
SnapshotId = NewType("SnapshotId", str)
WarehouseId = NewType("WarehouseId", str)
Sku = NewType("Sku", str)
LineId = NewType("LineId", str)
SubscriptionId = NewType("SubscriptionId", str)
Sscc = NewType("Sscc", str)
Gtin = NewType("Gtin", str)
