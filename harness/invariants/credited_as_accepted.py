"""M2: what is paid back is what was accepted back, at what was billed for it."""

from __future__ import annotations

from decimal import Decimal

from ...contracts.objects import BilledLine, CreditMemo, InvoiceStatus, ReturnAuthorizationLine
from ..consequences import billing as so
from ..invariant import Invariant, Outcome, Terms, invariant
from ..seen import Seen
from ..trail import OrderTrail


@invariant
class CreditedAsAccepted(Invariant):
    """M2 — each credit memo pays for what was accepted of its receipts, by the warehouse's own word and no more than
    was authorized, at the price that was billed; all credits of a line together are no more than was billed of it.

    Good and defective goods are accepted, damaged ones and other items are not. A receipt that is not credited at all
    is E3's affair, one that is credited twice E1's. Example: a parcel comes back smashed, the layer does not know the
    word for that and takes it for good, and the customer is paid for scrap.
    """

    id = "M2"
    title = "What is paid back is what was accepted back, at the billed price"
    clause = "order-to-cash, Returns, step 6"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        returns = trail.returns
        for rma, authorized in returns.authorizations.items():
            memos = [seen for seen in returns.live_credits() if seen.what.rma_id == rma]
            named: set[str] = {receipt_id for seen in memos for receipt_id in seen.what.receipt_ids}
            if not memos or not all(returns.receipt(each) for each in named):
                continue  # a credit for what never came is S2's affair
            if any(map(returns.mistold, returns.booked)) or _credited_twice(memos):
                continue  # Q1, E1
            for line in authorized.what.lines:
                self._line(trail, line, memos, named, outcome)
        for memo in returns.live_credits():
            for billed in memo.what.lines:
                self._price(trail, memo, billed, outcome)
        self._within_bills(trail, outcome)

    def _line(
        self,
        trail: OrderTrail,
        line: ReturnAuthorizationLine,
        memos: list[Seen[CreditMemo]],
        named: set[str],
        outcome: Outcome,
    ) -> None:
        rma, line_id = memos[0].what.rma_id, line.line_id
        receipts = [seen for (_, key), seen in trail.returns.receipts.items() if key in named]
        accepted, credited = trail.returns.accepted(line, receipts), trail.returns.credited(rma, line_id)
        outcome.judged()
        if accepted == credited:
            return
        finding = self.finding(
            trail,
            f"{rma}/{line_id}",
            f"line {line_id} of return {rma}: {accepted} accepted back, {credited} credited",
            expected=f"{accepted} credited",
            actual=f"{credited} credited",
            because=[
                f"The ERP authorized {line.quantity} of {line.sku} to come back on line {line_id}.",
                *(
                    f"{seen.party} received {part.quantity} {part.condition} in {seen.what.receipt_id}"
                    f" (journal {seen.seq})."
                    for seen in receipts
                    for part in seen.what.lines
                    if part.line_id == line_id
                ),
                *(f"{memo.what.credit_memo_no} was posted in {memo.place}." for memo in memos),
                f"{credited} ≠ {accepted}: M2 is broken.",
            ],
            evidence=[*receipts, *memos],
            consequence=so.credited_otherwise(trail, line_id, accepted, credited),
        )
        if credited > accepted:
            outcome.violated(finding)
        else:
            outcome.lacking(finding)

    def _price(self, trail: OrderTrail, memo: Seen[CreditMemo], line: BilledLine, outcome: Outcome) -> None:
        bills = [seen for seen in trail.invoices.values() if seen.what.status != InvoiceStatus.CANCELLED]
        prices = {part.unit_price for seen in bills for part in seen.what.lines if part.line_id == line.line_id}
        if not prices or line.unit_price.currency not in {price.currency for price in prices}:
            return  # nothing was billed, or in another currency (M3)
        outcome.judged()
        if line.unit_price in prices:
            return
        number, billed = memo.what.credit_memo_no, " or ".join(sorted(map(str, prices)))
        outcome.violated(
            self.finding(
                trail,
                f"{number}/{line.line_id}/price",
                f"line {line.line_id}: billed at {billed}, credited at {line.unit_price}",
                expected=billed,
                actual=str(line.unit_price),
                because=[
                    f"{number} pays {line.unit_price} for {line.sku} ({memo.place}), billed at {billed}.",
                    "M2 is broken.",
                ],
                evidence=[*bills, memo],
                consequence=so.credited_at_another_price(
                    trail, line, next(p for p in prices if p.currency == line.unit_price.currency)
                ),
            )
        )

    def _within_bills(self, trail: OrderTrail, outcome: Outcome) -> None:
        """Of each order line, over all returns: credited ≤ billed."""
        credited: dict[str, Decimal] = {}
        for memo in trail.returns.live_credits():
            for line in memo.what.lines:
                credited[line.line_id] = credited.get(line.line_id, Decimal(0)) + line.quantity.value
        for line_id, value in credited.items():
            bills = [seen for seen in trail.invoices.values() if seen.what.status != InvoiceStatus.CANCELLED]
            parts = (part for seen in bills for part in seen.what.lines if part.line_id == line_id)
            billed = sum((part.quantity.value for part in parts), Decimal(0))
            outcome.judged()
            if value > billed:
                memos = trail.returns.live_credits()
                outcome.violated(
                    self.finding(
                        trail,
                        f"billed/{line_id}",
                        f"line {line_id}: {billed} billed, {value} credited",
                        expected=f"at most {billed} credited",
                        actual=f"{value} credited",
                        because=[
                            *(f"{memo.what.credit_memo_no} was posted in {memo.place}." for memo in memos),
                            f"{value} > {billed}: M2 is broken.",
                        ],
                        evidence=[*bills, *memos],
                        consequence=so.credited_beyond_bills(trail, line_id, billed, value),
                    )
                )


def _credited_twice(memos: list[Seen[CreditMemo]]) -> bool:
    """Whether two memos name the same receipt."""
    named = [receipt_id for memo in memos for receipt_id in memo.what.receipt_ids]
    return len(named) > len(set(named))
