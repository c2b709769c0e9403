"""Exceptions as cases in the CRM: one for each, closed when it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from .job import Job

CASE = "case"


def open_case(job: Job, reference: str, category: str, subject: str, **about: Any) -> None:
    """Unless there is one under this reference. `lines` are those that it is about, for the layer itself.

    Raises: TryLater, Refused.
    """
    if job.store.note(CASE, reference) is not None:
        return
    lines = about.pop("lines", [])
    body = {"category": category, "subject": subject[:120], "reference": reference, **about}
    if job.order_id:
        body["orderId"] = job.order_id
    case = job.do(f"case:{reference}", "crm", "POST", "/v1/cases", body)
    note = {"caseId": case["caseId"], "open": True, "category": category, "lines": lines}
    job.store.write_note(CASE, reference, note, job.order_id)


def close(job: Job, reference: str, how: str) -> None:
    """Nothing where there is no such case, or where it is closed. Raises: TryLater, Refused."""
    case = job.store.note(CASE, reference)
    if case is None or not case["open"]:
        return
    body, path = {"status": "resolved", "resolution": how}, f"/v1/cases/{case['caseId']}"
    job.do(f"case:{reference}:close", "crm", "PATCH", path, body, "case-state", if_match="*")
    job.store.write_note(CASE, reference, {**case, "open": False}, job.order_id)


def review(job: Job, sales_order: Mapping[str, Any]) -> None:
    """Which exceptions of an order have begun, which are over, by what the ERP has? Raises: TryLater, Refused."""
    sales_order_id = sales_order["salesOrderId"]
    if sales_order["status"] == "rejected":
        open_case(job, f"rejected:{sales_order_id}", "orderRejected", f"The ERP rejects the order as {sales_order_id}")
    hold = f"credit-hold:{sales_order_id}"
    if any(each.get("kind") == "credit" for each in sales_order.get("holds", ())):
        open_case(job, hold, "creditHold", "The order is over the credit limit")
    else:
        close(job, hold, "The hold is released")
    rest = [line["lineId"] for line in sales_order["lines"] if _lacks(line)]
    for reference, case in job.store.notes(CASE, job.order_id).items():
        if case["category"] == "shortShip" and not set(case["lines"]) & set(rest):
            close(job, reference, "The rest is shipped")


def short_shipment(job: Job, name: str, shipment_id: str, lines: Sequence[str]) -> None:
    subject = f"{shipment_id} left without all of line {', '.join(lines)}"
    about = {"lineId": lines[0]} if len(lines) == 1 else {}
    open_case(job, f"short:{name}", "shortShip", subject, shipmentId=shipment_id, lines=list(lines), **about)


def delivery(number: str) -> str:
    """The reference of the case about a parcel."""
    return f"delivery:{number}"


def failed_delivery(job: Job, number: str, shipment_id: str, code: str) -> None:
    about = {"shipmentId": shipment_id, "trackingNumber": number}
    open_case(job, delivery(number), "deliveryFailed", f"Parcel {number}: {code}", **about)


def odd_return(job: Job, receipt_id: str, subject: str, **about: str) -> None:
    open_case(job, f"return:{job.party}:{receipt_id}", "returnException", subject, **about)


def _lacks(line: Mapping[str, Any]) -> bool:
    return Decimal(line["shippedQuantity"]["value"]) < Decimal(line["quantity"]["value"])
