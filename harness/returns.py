"""What is known of what came back of one order: from the wish of the customer to the money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..contracts.objects import (
    AnnouncedReturn,
    Condition,
    CreditMemo,
    CreditMemoStatus,
    ReturnAuthorization,
    ReturnAuthorizationLine,
    ReturnReceipt,
    ReturnReceiptLine,
    ReturnRequest,
    ReturnRequestStatus,
    ReturnStatus,
    UnannouncedReturn,
)
from ..simulators.journal import Entry
from .seen import Seen
from .units import Units

UPDATE_STATUS = "updateReturnRequestStatus"
FALLEN = frozenset({ReturnStatus.CANCELLED, ReturnStatus.EXPIRED})
# What the customer broke or never had is received, but not paid for.
ACCEPTED = frozenset({Condition.GOOD, Condition.DEFECTIVE})


@dataclass(frozen=True, slots=True)
class ReturnShown:
    """What customer service was shown of a return request."""

    request_id: str
    status: ReturnRequestStatus
    rma_id: str


@dataclass(slots=True)
class Returns:
    """All that happened about the returns of one order.

    `requests`, `authorized`, `announced` and `credits` keep the first version of a record, with the exchange that made
    it; `shown_now` and `authorizations` the latest. Receipts are keyed by (warehouse, receipt id): `receipts` are the
    warehouses' own, `counted` what had come of the return with each of them, `booked` what the ERP has of them.
    """

    units: Units = field(compare=False)
    requests: dict[str, Seen[ReturnRequest]] = field(default_factory=dict)
    shown_now: dict[str, Seen[ReturnRequest]] = field(default_factory=dict)
    shown: list[Seen[ReturnShown]] = field(default_factory=list)
    authorized: dict[str, Seen[ReturnAuthorization]] = field(default_factory=dict)
    authorizations: dict[str, Seen[ReturnAuthorization]] = field(default_factory=dict)
    announced: dict[tuple[str, str], Seen[AnnouncedReturn]] = field(default_factory=dict)
    receipts: dict[tuple[str, str], Seen[ReturnReceipt]] = field(default_factory=dict)
    counted: dict[tuple[str, str], AnnouncedReturn] = field(default_factory=dict)
    booked: list[Seen[ReturnReceipt]] = field(default_factory=list)
    credits: dict[str, Seen[CreditMemo]] = field(default_factory=dict)
    unannounced: dict[tuple[str, str], Seen[UnannouncedReturn]] = field(default_factory=dict)

    def take(self, entry: Entry, key: str, record: Any) -> None:
        """Take in a record that a commit wrote, of one of the types of `KINDS`."""
        KINDS[type(record).__name__](self, entry, key, record)

    def _request(self, entry: Entry, key: str, request: ReturnRequest) -> None:
        seen = Seen.of(entry, request)
        self.requests.setdefault(key, seen)
        self.shown_now[key] = seen
        if entry.name == UPDATE_STATUS:
            self.shown.append(Seen.of(entry, ReturnShown(key, request.status, request.rma_id or "")))

    def _authorization(self, entry: Entry, key: str, authorization: ReturnAuthorization) -> None:
        seen = Seen.of(entry, authorization)
        self.authorized.setdefault(key, seen)
        self.authorizations[key] = seen

    def _announcement(self, entry: Entry, key: str, announced: AnnouncedReturn) -> None:
        self.announced.setdefault((entry.party, key), Seen.of(entry, announced))
        if announced.receipt_ids:
            self.counted[(entry.party, announced.receipt_ids[-1])] = announced

    def _receipt(self, entry: Entry, key: str, receipt: ReturnReceipt) -> None:
        """The warehouse's own receipt, or what the ERP keeps of it once it is booked."""
        if entry.party == receipt.warehouse_id:
            self.receipts.setdefault((entry.party, receipt.receipt_id), Seen.of(entry, receipt))
        else:
            self.booked.append(Seen.of(entry, receipt))

    def _credit(self, entry: Entry, key: str, memo: CreditMemo) -> None:
        first = self.credits.get(key)
        seen = Seen.of(entry, memo)
        self.credits[key] = seen if first is None else Seen(memo, first.seq, first.exchange, first.at, first.party)

    def _unannounced(self, entry: Entry, key: str, received: UnannouncedReturn) -> None:
        self.unannounced.setdefault((entry.party, key), Seen.of(entry, received))

    def of_request(self, request_id: str) -> list[Seen[ReturnAuthorization]]:
        """The authorizations of a request that stand, as they were made."""
        return [
            seen
            for rma, seen in self.authorized.items()
            if seen.what.return_request_id == request_id and self.authorizations[rma].what.status not in FALLEN
        ]

    def receipt(self, receipt_id: str, warehouse: str = "") -> Seen[ReturnReceipt] | None:
        """The receipt of this id, of one warehouse or of whichever made it."""
        return next(
            (seen for (party, key), seen in self.receipts.items() if key == receipt_id and warehouse in ("", party)),
            None,
        )

    def bookings(self, receipt: Seen[ReturnReceipt]) -> list[Seen[ReturnReceipt]]:
        """What the ERP booked of a receipt: one booking, if all is well."""
        key = (receipt.party, receipt.what.receipt_id)
        return [seen for seen in self.booked if (seen.what.warehouse_id, seen.what.receipt_id) == key]

    def live_credits(self) -> list[Seen[CreditMemo]]:
        return [seen for seen in self.credits.values() if seen.what.status != CreditMemoStatus.CANCELLED]

    def credited(self, rma_id: str, line_id: str) -> Decimal:
        """What was credited of a line of a return, in the order line's unit."""
        memos = [seen.what for seen in self.live_credits() if seen.what.rma_id == rma_id]
        lines = (line for memo in memos for line in memo.lines if line.line_id == line_id)
        return sum((line.quantity.value for line in lines), Decimal(0))

    def accepted(self, line: ReturnAuthorizationLine, receipts: list[Seen[ReturnReceipt]]) -> Decimal:
        """What is to be paid for of a line of a return, of what the warehouses received in these receipts: no more
        than was authorized.
        """
        came = sum(
            (
                self.units.base(part.sku, part.quantity)
                for seen in receipts
                for part in seen.what.lines
                if part.line_id == line.line_id and part.sku == line.sku and part.condition in ACCEPTED
            ),
            Decimal(0),
        )
        return min(came, self.units.base(line.sku, line.quantity))

    def mistold(self, booking: Seen[ReturnReceipt]) -> bool:
        """Whether the ERP was told of other quantities than the warehouse received, as Q1 says."""
        receipt = self.receipt(booking.what.receipt_id, booking.what.warehouse_id)
        return receipt is not None and self.quantities(booking.what.lines) != self.quantities(receipt.what.lines)

    def quantities(self, lines: tuple[ReturnReceiptLine, ...]) -> dict[tuple[str, str], Decimal]:
        """(line, item) → what came, in the item's base unit, in whatever condition."""
        found: dict[tuple[str, str], Decimal] = {}
        for line in lines:
            key = (line.line_id, line.sku)
            found[key] = found.get(key, Decimal(0)) + self.units.base(line.sku, line.quantity)
        return found


KINDS: dict[str, Callable[[Returns, Entry, str, Any], None]] = {
    "ReturnRequest": Returns._request,
    "ReturnAuthorization": Returns._authorization,
    "AnnouncedReturn": Returns._announcement,
    "ReturnReceipt": Returns._receipt,
    "CreditMemo": Returns._credit,
    "UnannouncedReturn": Returns._unannounced,
}
