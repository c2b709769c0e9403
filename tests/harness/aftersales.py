"""What parties and layer do in a history when goods come back (see histories.py)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from crossdock.contracts.objects import (
    AnnouncedReturn,
    AnnouncedReturnLine,
    BilledLine,
    CreditMemo,
    Quantity,
    ReturnAuthorization,
    ReturnAuthorizationLine,
    ReturnReceipt,
    ReturnReceiptLine,
    ReturnRequest,
    ReturnRequestLine,
    UnannouncedReturn,
    UnannouncedReturnLine,
)
from crossdock.tests.harness import records
from crossdock.tests.harness.business import Business
from crossdock.tests.harness.journaling import Written
from crossdock.tests.harness.records import NOTHING, ORDER_ID, START, each, of, sku, usd
from crossdock.tests.harness.statements import line, options, quantities

PAID_FOR = ("good", "defective")


class AfterSales(Business):
    """Returns, from the customer's wish to the money."""

    def __init__(self) -> None:
        super().__init__()
        self.wishes: dict[str, ReturnRequest] = {}
        self.rmas: dict[str, ReturnAuthorization] = {}
        self.expected: dict[tuple[str, str], AnnouncedReturn] = {}
        self.came: dict[str, ReturnReceipt] = {}

    def do_wish_back(self, key: str, *words: str) -> None:
        """The customer wants to send something back."""
        lines = tuple(
            of(ReturnRequestLine, line_id=name, sku=sku(name), quantity=each(value))
            for name, value in quantities(words).items()
        )
        fields = {"order_id": ORDER_ID, "account_id": "AC-1", "reason": "too many", "status": "requested"}
        made = of(ReturnRequest, return_request_id=key, lines=lines, **fields, **records.STORED)
        self.wishes[key] = made
        event = ("return.requested", key, made)
        self.commit("crm", "people", "createReturnRequest", [("ReturnRequest", key, made)], event)

    def do_authorize(self, key: str, *words: str, people: bool = False) -> None:
        """The layer has the ERP authorize a return; `for RR1` names the request, `at east` the warehouse."""
        words_left, given = options(words, **{"for": "RR1", "at": "east"})
        lines = tuple(
            of(
                ReturnAuthorizationLine,
                line_id=name,
                sku=sku(name),
                quantity=each(value),
                received_quantity=each(0),
                credited_quantity=each(0),
            )
            for name, value in quantities(words_left).items()
        )
        made = of(
            ReturnAuthorization,
            rma_id=key,
            sales_order_id="SO1",
            order_id=ORDER_ID,
            customer_number="CUST-1",
            return_request_id=None if given["for"] == "nobody" else given["for"],
            warehouse_id=given["at"],
            reason="too many",
            lines=lines,
            status="authorized",
            receipt_ids=(),
            credit_memo_nos=(),
            **records.STORED,
        )
        self.rmas[key] = made
        written: Written = [("ReturnAuthorization", key, made)]
        if people:
            self.commit("erp", "people", "createReturn", written, ("return.authorized", key, made))
        else:
            self.call("erp", "createReturn", written, ("return.authorized", key, made))

    def do_told_back(self, key: str, status: str, rma: str = "") -> None:
        """The layer tells the CRM where a return request stands."""
        before = self.wishes[key]
        made = replace(before, status=status, rma_id=rma or before.rma_id, version=before.version + 1)
        self.wishes[key] = made
        told = (made.status, made.rma_id) != (before.status, before.rma_id)
        written: Written = [("ReturnRequest", key, made)] if told else []
        self.call("crm", "updateReturnRequestStatus", written, body={"status": status})

    def do_announce(self, key: str, warehouse: str = "east", *words: str) -> None:
        """The layer announces a return at a warehouse."""
        known = self.rmas.get(key)
        told = quantities(words) or ({line.line_id: line.quantity.value for line in known.lines} if known else {})
        lines = tuple(
            of(AnnouncedReturnLine, line_id=name, sku=sku(name), quantity=each(value), received_quantity=each(0))
            for name, value in told.items()
        )
        fields = {"warehouse_id": warehouse, "order_id": ORDER_ID, "status": "announced", "receipt_ids": ()}
        made = of(AnnouncedReturn, rma_id=key, lines=lines, **fields, **records.STORED)
        self.expected[(warehouse, key)] = made
        self.call(warehouse, "createReturn", [("AnnouncedReturn", key, made)])

    def do_come(self, key: str, rma: str, *words: str) -> None:
        """Goods come back at the warehouse: `1:3` good and restocked, `1:1/damaged/scrap`, `1:2CA` in cases of 12,
        `1:1/wrongItem/quarantine/2` the item of line 2 in its place; `!` when no more is expected.
        """
        (warehouse, _), expected = next(item for item in self.expected.items() if item[0][1] == rma)
        lines = tuple(map(_came, words))
        counted = tuple(_with(known, lines) for known in expected.lines)
        complete = all(line.received_quantity >= line.quantity for line in counted)
        final = complete or any(word.endswith("!") for word in words)
        made = _receipt(key, expected, lines, final=final)
        self.came[key] = made
        after = replace(
            expected,
            lines=counted,
            receipt_ids=(*expected.receipt_ids, made.receipt_id),
            status="received" if final else "partiallyReceived",
        )
        self.expected[(warehouse, rma)] = after
        written: Written = [("ReturnReceipt", key, made), ("AnnouncedReturn", rma, after)]
        back = {name: -value for name, value in _restocked(lines).items()}
        written += self.ledger.counted(warehouse, back)
        self.commit(warehouse, "people", "receiveReturn", written, ("return.received", key, made))

    def do_book_return(self, key: str, *words: str) -> None:
        """The layer books a receipt in the ERP, as it was unless words say otherwise; `of RMA2` under another return,
        `final` or `open` whether more comes.
        """
        words_left, given = options(words, of="")
        known = self.came.get(key)
        rma = self.rmas[given["of"] or (known.rma_id if known else next(iter(self.rmas)))]
        told = tuple(_came(word) for word in words_left if ":" in word) or (known.lines if known else ())
        lines = tuple(replace(line, quantity=each(_base(line.quantity))) for line in told)
        final = "final" in words_left or (known is not None and known.final and "open" not in words_left)
        booked = of(
            ReturnReceipt,
            receipt_id=key,
            rma_id=rma.rma_id,
            order_id=ORDER_ID,
            warehouse_id=rma.warehouse_id,
            received_at=START,
            lines=lines,
            final=final,
            **records.STORED,
        )
        counted = tuple(
            replace(known, received_quantity=known.received_quantity + each(_of(known.line_id, known.sku, lines)))
            for known in rma.lines
        )
        over = final or all(line.received_quantity >= line.quantity for line in counted)
        after = replace(rma, lines=counted, status="received" if over else "partiallyReceived")
        self.rmas[rma.rma_id] = after
        written: Written = [("ReturnReceipt", f"{rma.rma_id}/{key}", booked)]
        written += [("ReturnAuthorization", rma.rma_id, after)]
        written += self.ledger.booked(rma.warehouse_id, _restocked(lines))
        self.call("erp", "receiveReturn", written)

    def do_credit(self, number: str, receipts: str, *words: str) -> None:
        """The layer credits receipts; `of RMA2` another return than the first, `in EUR` in other money."""
        words_left, given = options(words, of=next(iter(self.rmas), "RMA1"), **{"in": "USD"})
        lines = {name: (value, price) for name, value, price in map(line, words_left)}
        made = _memo(number, given["of"], receipts.split(","), lines, given["in"])
        written: Written = [("CreditMemo", number, made)]
        rma = self.rmas.get(given["of"])
        if rma is not None:
            credited = tuple(
                replace(known, credited_quantity=known.credited_quantity + each(lines[known.line_id][0]))
                if known.line_id in lines
                else known
                for known in rma.lines
            )
            done = rma.status == "received"
            self.rmas[rma.rma_id] = after = replace(rma, lines=credited, status="credited" if done else rma.status)
            written.append(("ReturnAuthorization", rma.rma_id, after))
        self.call("erp", "createCreditMemo", written, ("credit-memo.posted", number, made))

    def do_unannounced(self, key: str, warehouse: str, *words: str) -> None:
        """Goods come back that nobody announced."""
        lines = tuple(
            of(UnannouncedReturnLine, sku=sku(name), quantity=each(value), condition="good")
            for name, value in quantities(words).items()
        )
        fields = {"warehouse_id": warehouse, "order_id": ORDER_ID, "received_at": START}
        made = of(UnannouncedReturn, receipt_id=key, lines=lines, **fields, **records.STORED)
        written: Written = [("UnannouncedReturn", key, made)]
        event = ("return.unannounced", key, made)
        self.commit(warehouse, "people", "receiveUnannouncedReturn", written, event)


def _came(word: str) -> ReturnReceiptLine:
    name, _, rest = word.rstrip("!").partition(":")
    amount, *how = rest.split("/")
    condition, disposition, item = (*how, "", "", "")[:3]
    uom = "CA" if amount.endswith("CA") else "EA"
    return of(
        ReturnReceiptLine,
        line_id=name,
        sku=sku(item or name),
        quantity=Quantity(Decimal(amount.removesuffix("CA")), uom),
        condition=condition or "good",
        disposition=disposition or "restock",
    )


def _base(quantity: Quantity) -> Decimal:
    return quantity.value * (12 if quantity.uom == "CA" else 1)


def _of(line_id: str, item: str, lines: Iterable[ReturnReceiptLine]) -> Decimal:
    return sum((_base(line.quantity) for line in lines if (line.line_id, line.sku) == (line_id, item)), NOTHING)


def _with(known: AnnouncedReturnLine, lines: Iterable[ReturnReceiptLine]) -> AnnouncedReturnLine:
    came = _of(known.line_id, known.sku, lines)
    return replace(known, received_quantity=known.received_quantity + each(came))


def _restocked(lines: Iterable[ReturnReceiptLine]) -> dict[str, Decimal]:
    """What can be sold again, by the line whose item it is."""
    found: dict[str, Decimal] = {}
    for came in lines:
        if came.disposition == "restock":
            name = came.sku.removeprefix("SKU-")
            found[name] = found.get(name, NOTHING) + _base(came.quantity)
    return found


def _receipt(
    key: str, expected: AnnouncedReturn, lines: tuple[ReturnReceiptLine, ...], *, final: bool
) -> ReturnReceipt:
    return of(
        ReturnReceipt,
        receipt_id=key,
        rma_id=expected.rma_id,
        order_id=ORDER_ID,
        warehouse_id=expected.warehouse_id,
        received_at=START,
        lines=lines,
        final=final,
        **records.STORED,
    )


def _memo(
    number: str, rma: str, receipts: list[str], lines: dict[str, tuple[Decimal, str]], currency: str
) -> CreditMemo:
    zero = replace(usd("0"), currency=currency)
    billed: list[Any] = [
        of(
            BilledLine,
            line_id=name,
            sku=sku(name),
            quantity=each(quantity),
            unit_price=replace(usd(price), currency=currency),
            tax_rate=NOTHING,
            net_amount=zero,
            tax_amount=zero,
        )
        for name, (quantity, price) in lines.items()
    ]
    return of(
        CreditMemo,
        credit_memo_no=number,
        rma_id=rma,
        sales_order_id="SO1",
        order_id=ORDER_ID,
        customer_number="CUST-1",
        receipt_ids=tuple(receipts),
        currency=currency,
        issue_date=START.date(),
        lines=tuple(billed),
        totals=replace(records.totals(), net=zero, freight=zero, gross=zero),
        status="posted",
        **records.STORED,
    )
