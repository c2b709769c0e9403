"""The canonical objects as types: what contracts/canonical/v1 says in JSON Schema, as frozen structs.

A schema decides what may come in; these types are what the code then works with. A list that belongs to an
object is always there, empty when there is nothing; what may be absent is None, and None is never written.
"""

from __future__ import annotations

from .account import Account, AccountStatus, Contact
from .address import Address
from .adjustment_reason import AdjustmentReason
from .announced_return import AnnouncedReturn, AnnouncedReturnLine, AnnouncedReturnStatus
from .billed_line import BilledLine
from .carrier import Carrier
from .case import Case, CasePriority
from .case_category import CaseCategory
from .case_status import CaseStatus
from .cloud_event import CloudEvent
from .condition import Condition
from .credit_memo import CreditMemo, CreditMemoStatus
from .customer import Customer
from .disposition import Disposition
from .fulfilment import Fulfilment, FulfilmentLine
from .fulfilment_request import FulfilmentRequest, FulfilmentRequestLine
from .fulfilment_status import FulfilmentStatus
from .inventory_adjustment import InventoryAdjustment
from .inventory_movement import InventoryMovement, MovementKind
from .inventory_position import InventoryPosition
from .inventory_snapshot import InventorySnapshot, SnapshotPosition
from .invoice import Invoice, InvoiceStatus
from .item import Item, Pack, TaxCategory
from .line_quantities import LineQuantities
from .line_status import LineStatus
from .milestone_code import MilestoneCode
from .money import CurrencyMismatchError, Money
from .order import Order, OrderLine
from .order_acknowledgement import AcknowledgementLine, AcknowledgementStatus, OrderAcknowledgement
from .order_status import OrderStatus
from .order_tracking import OrderTracking
from .package import Package, PackageItem
from .partial_policy import PartialPolicy
from .physical_stock import PhysicalStock
from .problem import Problem, ProblemError
from .product import Product
from .quantity import Quantity, UnitMismatchError
from .quote import Quote, QuoteLine, QuoteStatus
from .reason import Reason
from .reservation import Reservation, ReservationStatus
from .return_authorization import ReturnAuthorization, ReturnAuthorizationLine, ReturnStatus
from .return_receipt import ReturnReceipt, ReturnReceiptLine
from .return_receipt_confirmation import ReturnReceiptConfirmation
from .return_request import ReturnRequest, ReturnRequestLine, ReturnRequestStatus
from .sales_order import Hold, HoldKind, SalesOrder, SalesOrderLine
from .sales_order_status import SalesOrderStatus
from .service_level import ServiceLevel
from .shipment import Shipment, ShipmentLine
from .shipment_confirmation import ShipmentConfirmation
from .stock_count import StockCount
from .stock_part import StockPart
from .stored import Stored
from .timestamp import Timestamp
from .totals import Totals
from .tracking_milestone import TrackingMilestone
from .unannounced_return import UnannouncedReturn, UnannouncedReturnLine
from .warehouse_item import WarehouseItem
from .webhook_subscription import SubscriptionStatus, WebhookSubscription

__all__ = [
    "Account",
    "AccountStatus",
    "AcknowledgementLine",
    "AcknowledgementStatus",
    "Address",
    "AdjustmentReason",
    "AnnouncedReturn",
    "AnnouncedReturnLine",
    "AnnouncedReturnStatus",
    "BilledLine",
    "Carrier",
    "Case",
    "CaseCategory",
    "CasePriority",
    "CaseStatus",
    "CloudEvent",
    "Condition",
    "Contact",
    "CreditMemo",
    "CreditMemoStatus",
    "CurrencyMismatchError",
    "Customer",
    "Disposition",
    "Fulfilment",
    "FulfilmentLine",
    "FulfilmentRequest",
    "FulfilmentRequestLine",
    "FulfilmentStatus",
    "Hold",
    "HoldKind",
    "InventoryAdjustment",
    "InventoryMovement",
    "InventoryPosition",
    "InventorySnapshot",
    "Invoice",
    "InvoiceStatus",
    "Item",
    "LineQuantities",
    "LineStatus",
    "MilestoneCode",
    "Money",
    "MovementKind",
    "Order",
    "OrderAcknowledgement",
    "OrderLine",
    "OrderStatus",
    "OrderTracking",
    "Pack",
    "Package",
    "PackageItem",
    "PartialPolicy",
    "PhysicalStock",
    "Problem",
    "ProblemError",
    "Product",
    "Quantity",
    "Quote",
    "QuoteLine",
    "QuoteStatus",
    "Reason",
    "Reservation",
    "ReservationStatus",
    "ReturnAuthorization",
    "ReturnAuthorizationLine",
    "ReturnReceipt",
    "ReturnReceiptConfirmation",
    "ReturnReceiptLine",
    "ReturnRequest",
    "ReturnRequestLine",
    "ReturnRequestStatus",
    "ReturnStatus",
    "SalesOrder",
    "SalesOrderLine",
    "SalesOrderStatus",
    "ServiceLevel",
    "Shipment",
    "ShipmentConfirmation",
    "ShipmentLine",
    "SnapshotPosition",
    "StockCount",
    "StockPart",
    "Stored",
    "SubscriptionStatus",
    "TaxCategory",
    "Timestamp",
    "Totals",
    "TrackingMilestone",
    "UnannouncedReturn",
    "UnannouncedReturnLine",
    "UnitMismatchError",
    "WarehouseItem",
    "WebhookSubscription",
]
