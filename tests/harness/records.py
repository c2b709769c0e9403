"""The parties' records as tests need them: everything that does not matter is filled in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from crossdock.contracts.objects import (
    Address,
    BilledLine,
    Carrier,
    Fulfilment,
    FulfilmentLine,
    FulfilmentRequest,
    FulfilmentRequestLine,
    Hold,
    HoldKind,
    Invoice,
    LineQuantities,
    LineStatus,
    Money,
    Order,
    OrderLine,
    Package,
    PackageItem,
    Quantity,
    SalesOrder,
    SalesOrderLine,
    Shipment,
    ShipmentLine,
    Totals,
)

T = TypeVar("T", bound=msgspec.Struct)
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ORDER_ID = "CO-A"
CARRIER = Carrier(scac="UPSN", name="UPS", service="GROUND")
HERE = Address(name="Ada Byrne", line1="12 Canal Street", city="Albany", region="NY", postal_code="12207", country="US")
STORED: dict[str, Any] = {"version": 1, "created_at": START, "updated_at": START}
NOTHING = Decimal(0)


def of(kind: type[T], /, **fields: Any) -> T:
    """A record; ids and enumerated values may be plain text here."""
    return msgspec.convert(msgspec.to_builtins(kind(**fields)), kind)


def each(value: Decimal | int | str) -> Quantity:
    return Quantity(Decimal(value), "EA")


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


def totals(freight: str = "0") -> Totals:
    """Lines are worth nothing here: nobody looks at their amounts."""
    return Totals(net=usd("0"), freight=usd(freight), gross=usd(freight))


def sku(line_id: str) -> str:
    return f"SKU-{line_id}"


def order(lines: Mapping[str, tuple[Decimal, str]], freight: str, policy: str) -> Order:
    """A CRM order; `lines` are quantity and unit price by line id."""
    return of(
        Order,
        order_id=ORDER_ID,
        account_id="AC-1",
        customer_number="CUST-1",
        customer_reference="PO-1",
        currency="USD",
        ship_to=HERE,
        bill_to=HERE,
        service_level="standard",
        partial_policy=policy,
        lines=tuple(
            of(
                OrderLine,
                line_id=line_id,
                sku=sku(line_id),
                quantity=each(quantity),
                unit_price=usd(price),
                quantities=LineQuantities.none("EA"),
            )
            for line_id, (quantity, price) in lines.items()
        ),
        freight=usd(freight),
        totals=totals(),
        status="submitted",
        tracking=(),
        **STORED,
    )


def sales_order(
    key: str, reference: str, lines: Mapping[str, tuple[Decimal, Decimal, Decimal]], status: str, freight: str
) -> SalesOrder:
    """An ERP order; `lines` are ordered, backordered and cancelled by line id."""
    made = []
    for line_id, (quantity, backordered, cancelled) in lines.items():
        fields = dict.fromkeys(("released", "shipped", "invoiced", "returned"), NOTHING)
        fields |= {"confirmed": quantity - backordered - cancelled, "backordered": backordered, "cancelled": cancelled}
        made.append(
            of(
                SalesOrderLine,
                line_id=line_id,
                sku=sku(line_id),
                quantity=each(quantity),
                unit_price=usd("10.00"),
                tax_rate=NOTHING,
                net_amount=usd("0"),
                tax_amount=usd("0"),
                warehouse_id="east",
                **{f"{name}_quantity": each(value) for name, value in fields.items()},
            )
        )
    held = (Hold(kind=HoldKind.CREDIT, since=START, detail="over the limit"),) if status == "onHold" else ()
    return of(
        SalesOrder,
        sales_order_id=key,
        external_reference=reference,
        customer_number="CUST-1",
        currency="USD",
        ship_to=HERE,
        bill_to=HERE,
        service_level="standard",
        partial_policy="shipAvailable",
        lines=tuple(made),
        freight=usd(freight),
        totals=totals(freight),
        status=status,
        rejection_reasons=(),
        holds=held,
        fulfilment_ids=(),
        invoice_nos=(),
        **STORED,
    )


def with_line(sales_order: SalesOrder, line_id: str, **changes: Decimal) -> SalesOrder:
    """A line of an ERP order changed: `shipped=+4`, `confirmed=-6` … are added to what it has."""
    lines = [
        replace(
            line, **{f"{name}_quantity": getattr(line, f"{name}_quantity") + each(by) for name, by in changes.items()}
        )
        if line.line_id == line_id
        else line
        for line in sales_order.lines
    ]
    return replace(sales_order, lines=tuple(lines))


def fulfilment(
    key: str, warehouse: str, order_id: str, sales_order_id: str, lines: Mapping[str, Decimal], status: str
) -> Fulfilment:
    return of(
        Fulfilment,
        fulfilment_id=key,
        revision=1,
        warehouse_id=warehouse,
        order_id=order_id,
        sales_order_id=sales_order_id,
        ship_to=HERE,
        service_level="standard",
        lines=tuple(
            of(
                FulfilmentLine,
                line_id=line_id,
                sku=sku(line_id),
                quantity=each(quantity),
                shipped_quantity=each(0),
                cancelled_quantity=each(0),
            )
            for line_id, quantity in lines.items()
        ),
        status=status,
        shipment_ids=(),
        **STORED,
    )


def released(fulfilment: Fulfilment) -> FulfilmentRequest:
    """What is announced of a fulfilment."""
    fields = {name: getattr(fulfilment, name) for name in FulfilmentRequest.__struct_fields__}
    lines = [
        of(FulfilmentRequestLine, line_id=line.line_id, sku=line.sku, quantity=line.quantity)
        for line in fulfilment.lines
    ]
    return FulfilmentRequest(**fields | {"lines": tuple(lines)})


def shipment(
    key: str,
    request: Fulfilment,
    now: Mapping[str, Decimal],
    before: Mapping[str, Decimal],
    parcels: Sequence[str],
    *,
    final: bool,
) -> Shipment:
    """What leaves of a request; `before` left in earlier shipments."""
    lines = []
    for line in request.lines:
        shipped = now.get(line.line_id, NOTHING)
        left = line.quantity.value - before.get(line.line_id, NOTHING) - shipped
        status = LineStatus.COMPLETE if left == 0 else LineStatus.OVER if left < 0 else LineStatus.PARTIAL
        if left > 0 and final:
            status = LineStatus.SHORT_CLOSED
        if shipped or status == LineStatus.SHORT_CLOSED:
            lines.append(
                of(
                    ShipmentLine,
                    line_id=line.line_id,
                    sku=line.sku,
                    ordered_quantity=line.quantity,
                    shipped_quantity=each(shipped),
                    difference_quantity=each(left),
                    line_status=status,
                )
            )
    packages = [
        of(
            Package,
            package_id=f"PKG-{number}",
            tracking_number=number,
            items=tuple(
                of(PackageItem, line_id=line.line_id, sku=line.sku, quantity=line.shipped_quantity) for line in lines
            ),
        )
        for number in parcels
    ]
    return of(
        Shipment,
        shipment_id=key,
        fulfilment_id=request.fulfilment_id,
        order_id=request.order_id,
        warehouse_id=request.warehouse_id,
        shipped_at=START,
        carrier=CARRIER,
        packages=tuple(packages),
        lines=tuple(lines),
        final=final,
        **STORED,
    )


def invoice(
    number: str,
    sales_order_id: str,
    shipments: Sequence[str],
    lines: Mapping[str, tuple[Decimal, str]],
    freight: str,
) -> Invoice:
    """`lines` are quantity and unit price by line id."""
    return of(
        Invoice,
        invoice_no=number,
        sales_order_id=sales_order_id,
        order_id=ORDER_ID,
        customer_number="CUST-1",
        shipment_ids=tuple(shipments),
        currency="USD",
        issue_date=date(2026, 3, 2),
        due_date=date(2026, 4, 1),
        bill_to=HERE,
        lines=tuple(
            of(
                BilledLine,
                line_id=line_id,
                sku=sku(line_id),
                quantity=each(quantity),
                unit_price=usd(price),
                tax_rate=NOTHING,
                net_amount=usd("0"),
                tax_amount=usd("0"),
            )
            for line_id, (quantity, price) in lines.items()
        ),
        freight=usd(freight),
        totals=totals(freight),
        status="posted",
        **STORED,
    )
