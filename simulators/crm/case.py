"""What customer service must look at (contracts/crm/v1, cases). Nothing is deduplicated: two calls open two cases."""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import CaseId, CrmOrderId, LineId, RmaId, ShipmentId, TrackingNumber
from ...contracts.objects import Case, CaseCategory, CasePriority, CaseStatus, Order
from ...contracts.state_machine import state_machine
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from .registry import rules

CHANGED = "crossdock.case.changed.v1"

STEPS = state_machine("case").ahead_of_each(CaseStatus)


class CaseRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A case to be opened; the contract lets only an integration error lack the order."""

    category: CaseCategory
    priority: CasePriority = CasePriority.NORMAL
    subject: str
    description: str | None = None
    order_id: CrmOrderId | None = None
    line_id: LineId | None = None
    shipment_id: ShipmentId | None = None
    tracking_number: TrackingNumber | None = None
    rma_id: RmaId | None = None
    reference: str | None = None


class CaseChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What is to change; what is None stays."""

    status: CaseStatus | None = None
    priority: CasePriority | None = None
    resolution: str | None = None


@rules.operation("createCase")
def create_case(tx: Transaction, call: Call[CaseRequest]) -> Case:
    """Raises: Refusal `unknown-order`; `unknown-line` when the order has no such line."""
    body = call.body
    if body.order_id is not None:
        order = tx.find(Order, body.order_id)
        if order is None:
            raise Refusal.at("unknown-order", "/orderId", f"there is no order {body.order_id!r}")
        if body.line_id is not None and body.line_id not in {line.line_id for line in order.lines}:
            raise Refusal.at("unknown-line", "/lineId", f"the order {order.order_id} has no line {body.line_id!r}")
    case = Case(
        case_id=CaseId(tx.ids.next("CASE")),
        status=CaseStatus.NEW,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
        **{name: getattr(body, name) for name in CaseRequest.__struct_fields__},
    )
    return _changed(tx, case)


@rules.operation("getCase")
def get_case(tx: Transaction, call: Call[None]) -> Case:
    return tx.get(Case, call.params["caseId"])


@rules.operation("listCases")
def list_cases(tx: Transaction, call: Call[None]) -> Page:
    filters = {"orderId": "order_id", "category": "category", "status": "status", "reference": "reference"}
    return listing(tx, call, Case, filters, indexed=("order_id", "reference"))


@rules.operation("updateCase")
def update_case(tx: Transaction, call: Call[CaseChange]) -> Case:
    """Raises: Refusal `case-state` for a step that is none, and for any change of a closed case."""
    case = tx.get(Case, call.params["caseId"])
    call.expect_version(case.version)
    fields = {name: value for name in CaseChange.__struct_fields__ if (value := getattr(call.body, name)) is not None}
    after = msgspec.structs.replace(case, **fields)
    if after == case:
        return case
    refuse_closed(case)
    if after.status is not case.status and after.status not in STEPS[case.status]:
        possible = ", ".join(sorted(STEPS[case.status]))
        detail = f"the case {case.case_id} is {case.status}; that can become {possible}, but not {after.status}"
        raise Refusal("case-state", detail)
    return _changed(tx, msgspec.structs.replace(after, version=case.version + 1, updated_at=tx.now))


def refuse_closed(case: Case) -> None:
    """Raises: Refusal `case-state`."""
    if case.status is CaseStatus.CLOSED:
        raise Refusal("case-state", f"the case {case.case_id} is closed: it does not change any more")


def _changed(tx: Transaction, case: Case) -> Case:
    tx.put(case.case_id, case)
    tx.announce(CHANGED, case.case_id, case, order_id=case.order_id or "")
    return case
