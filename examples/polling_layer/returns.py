"""What a customer sends back: authorized, announced, booked, credited and shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from . import cases
from .job import Job
from .party import Refused
from .units import amount, in_base_unit

ACCEPTED = ("good", "defective")  # conditions that are paid for
STEPS = ("requested", "authorized", "received", "credited", "rejected")
SHOWN_AS = {"authorized": "authorized", "partiallyReceived": "received", "received": "received", "credited": "credited"}
RECEIPT = ("receiptId", "rmaId", "orderId", "warehouseId", "receivedAt", "final")
REQUEST = "return request"


def requested(job: Job) -> None:
    """return.requested: the ERP says whether it may come back. Raises: TryLater, Refused."""
    request_id = job.data["returnRequestId"]
    lines = [{"lineId": line["lineId"], "quantity": line["quantity"]} for line in job.data["lines"]]
    body = {
        "salesOrderId": job.sales_order_id,
        "returnRequestId": request_id,
        "reason": job.data["reason"],
        "lines": lines,
    }
    try:
        rma = job.do(f"return:{request_id}", "erp", "POST", "/v1/returns", body)
    except Refused as refusal:
        if refusal.code != "over-return":
            raise
        _show(job, request_id, "rejected")
    else:
        _show(job, request_id, "authorized", rma["rmaId"])


def authorized(job: Job) -> None:
    """return.authorized: the warehouse is told what will come. Raises: TryLater, Refused."""
    rma = job.data
    body = {name: rma[name] for name in ("rmaId", "orderId", "expectedBy") if name in rma}
    body["lines"] = [{name: line[name] for name in ("lineId", "sku", "quantity")} for line in rma["lines"]]
    job.do(f"rma:{rma['rmaId']}:announce", rma["warehouseId"], "POST", "/v1/returns", body, "already-exists")


def received(job: Job) -> None:
    """return.received: one booking, and one credit memo over what of it is accepted. Raises: TryLater, Refused."""
    receipt = job.data
    key = f"receipt:{job.party}:{receipt['receiptId']}"
    lines = [{**line, "quantity": in_base_unit(job, line["sku"], line["quantity"])} for line in receipt["lines"]]
    booking = {**{name: receipt[name] for name in RECEIPT}, "lines": lines}
    path = f"/v1/returns/{receipt['rmaId']}"
    job.do(f"{key}:book", "erp", "POST", f"{path}/receipts", booking, "already-exists")
    rma = job.read("erp", path)
    credit = job.parts.credited(rma, lines)
    if credit and job.store.note("credited", key) is None:
        memo = {"rmaId": receipt["rmaId"], "receiptIds": [receipt["receiptId"]], "lines": credit}
        job.do(f"{key}:credit", "erp", "POST", "/v1/credit-memos", memo)
        rma = job.read("erp", path)
    job.store.write_note("credited", key, {}, job.order_id)
    _show(job, rma.get("returnRequestId", ""), SHOWN_AS[rma["status"]], receipt["rmaId"])
    if odd := _deviations(rma, lines, final=receipt["final"]):
        cases.odd_return(job, receipt["receiptId"], f"Return {rma['rmaId']}: {', '.join(odd)}", rmaId=rma["rmaId"])


def unannounced(job: Job) -> None:
    """return.unannounced: people must decide. Raises: TryLater, Refused."""
    cases.odd_return(job, job.data["receiptId"], f"{job.party} received goods without an RMA")


def credited(rma: Mapping[str, Any], received: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a credit memo: what came, is accepted, and was authorized and not credited before."""
    lines = []
    for line in rma["lines"]:
        came = (each for each in received if _is_accepted(each, line))
        payable = sum((Decimal(each["quantity"]["value"]) for each in came), Decimal(0))
        left = Decimal(line["quantity"]["value"]) - Decimal(line["creditedQuantity"]["value"])
        if min(payable, left) > 0:
            lines.append({"lineId": line["lineId"], "quantity": amount(min(payable, left), line["quantity"]["uom"])})
    return lines


def _is_accepted(came: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    expected = (came["lineId"], came["sku"]) == (line["lineId"], line["sku"])
    return expected and came["condition"] in ACCEPTED


def _deviations(rma: Mapping[str, Any], received: list[dict[str, Any]], *, final: bool) -> list[str]:
    """How a receipt, which is booked, differs from what was announced, in words."""
    odd = []
    expected = {line["lineId"]: line for line in rma["lines"]}
    touched = set()
    for came in received:
        if came["sku"] != expected[came["lineId"]]["sku"] or came["condition"] == "wrongItem":
            odd.append(f"line {came['lineId']} brought {came['sku']}")
            continue
        touched.add(came["lineId"])
        if came["condition"] not in ACCEPTED:
            odd.append(f"{came['quantity']['value']} of line {came['lineId']} {came['condition']}")
    for line_id, line in expected.items():
        surplus = Decimal(line["receivedQuantity"]["value"]) - Decimal(line["quantity"]["value"])
        if surplus > 0 and line_id in touched:
            odd.append(f"{surplus:f} of line {line_id} too many")
        elif surplus < 0 and final:
            odd.append(f"{-surplus:f} of line {line_id} missing")
    return odd


def _show(job: Job, request_id: str, status: str, rma_id: str = "") -> None:
    """What customer service sees of it; nothing for a return that no request asked for."""
    told = job.store.note(REQUEST, request_id) or {"status": STEPS[0]}
    if not request_id or STEPS.index(status) <= STEPS.index(told["status"]):
        return
    body = {"status": status} | ({"rmaId": rma_id} if rma_id else {})
    path = f"/v1/return-requests/{request_id}/status"
    job.do(f"return:{request_id}:{status}", "crm", "PUT", path, body)
    job.store.write_note(REQUEST, request_id, {"status": status}, job.order_id)
