"""Something that customer service must look at (contracts/canonical/v1/case.json)."""

from __future__ import annotations

from enum import StrEnum

from ..identifiers import CaseId, CrmOrderId, LineId, RmaId, ShipmentId, TrackingNumber
from .case_category import CaseCategory
from .case_status import CaseStatus
from .stored import Stored


class CasePriority(StrEnum):
    """How urgent."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Case(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The CRM's object; `order_id` is None only when an integration error cannot tell."""

    case_id: CaseId
    category: CaseCategory
    status: CaseStatus
    priority: CasePriority
    subject: str
    description: str | None = None
    order_id: CrmOrderId | None = None
    line_id: LineId | None = None
    shipment_id: ShipmentId | None = None
    tracking_number: TrackingNumber | None = None
    rma_id: RmaId | None = None
    reference: str | None = None
    resolution: str | None = None
