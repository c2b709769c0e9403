"""Exceptions as cases in the CRM: one for each exception, closed when it is over."""

from __future__ import annotations

from .documents import Knowledge
from .job import Job


def reference(kind: str, about: str) -> str:
    """The layer's own key of an exception; the CRM keeps it with the case."""
    return f"{kind}:{about}"


class Cases:
    """Opens and resolves. What it opened stands in the order, and at the CRM under `reference`."""

    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        """`about` are further fields of the case, in the contract's names."""
        if reference in job.order.cases:
            return
        if job.order.order_id:
            about["orderId"] = job.order.order_id
        query = f"category={category}&reference={reference}"
        if "orderId" in about:
            query += f"&orderId={about['orderId']}"
        found = (await job.read("crm", f"/v1/cases?{query}"))["items"]
        if found:
            job.order.cases[reference] = found[0]["caseId"]
            return
        body = {"category": category, "subject": subject[:120], "reference": reference, **about}
        case = await job.effect(f"case:{reference}", "crm", "POST", "/v1/cases", body)
        job.order.cases[reference] = case["caseId"]

    async def resolve(self, job: Job, reference: str, how: str) -> None:
        """Does nothing where there is no such case, or where it is resolved."""
        case_id = job.order.cases.get(reference, "")
        if case_id:
            body = {"status": "resolved", "resolution": how}
            key, path = f"case:{reference}:resolve", f"/v1/cases/{case_id}"
            await job.effect(key, "crm", "PATCH", path, body, "case-state", if_match="*")
            job.order.cases[reference] = ""

    async def review(self, job: Job) -> None:
        """After news of the sales order: which of its exceptions have begun, which are over?"""
        sales_order = job.order.sales_order
        if sales_order is None:
            return
        if sales_order.status == "rejected":
            rejected = reference("rejected", sales_order.sales_order_id)
            await self.open(job, rejected, "orderRejected", "The ERP rejects the order")
        hold = reference("credit-hold", sales_order.sales_order_id)
        if any(each.kind == "credit" for each in sales_order.holds):
            await self.open(job, hold, "creditHold", "The order is over the credit limit")
        else:
            await self.resolve(job, hold, "The hold is released")
        for short, lines in job.order.short_lines.items():
            if not self._still_short(job.order, lines):
                await self.resolve(job, short, "The rest is shipped")

    def _still_short(self, order: Knowledge, lines: list[str]) -> bool:
        known = order.sales_order.lines if order.sales_order else []
        return any(line.line_id in lines and line.shipped_quantity.value < line.quantity.value for line in known)
