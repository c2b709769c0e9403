"""Runs made by hand, as the harness would write them: one healthy, one failing, one that could not begin.

The failing one has every verdict a scenario can have but CONFIG_ERROR, and an order whose timeline shows every kind of
step: an outage, an event delivered twice, an answer that never came, a short pick, and the invoice that ignores it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from crossdock.contracts.result import (
    CheckResult,
    FaultResult,
    Finding,
    OrderResult,
    PhaseResult,
    Result,
    ScenarioResult,
    Statistics,
    TargetInfo,
    TimelineStep,
    VerdictName,
    WorldResult,
)

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TITLES = {
    "Q1": "Every ordered unit is shipped, open or cancelled",
    "Q3": "The stock ledger closes and promises nothing twice",
    "E1": "Every effect happens exactly once",
    "E3": "Nothing accepted is lost",
    "M1": "What is invoiced is what was shipped, at the agreed price",
    "S1": "Milestones only advance",
    "C1": "All parties end with the same truth",
    "X1": "Exactly one case for each exception, none without",
    "A1": "The correlation is kept from end to end",
}


def check(invariant: str, exercised: int, verdict: VerdictName = "PASS", **more: Any) -> CheckResult:
    """A check of the catalogue; one that was never exercised has no verdict to give."""
    return CheckResult(
        invariant=invariant,
        title=TITLES[invariant],
        exercised=exercised,
        verdict=verdict if exercised else "NOT_EXERCISED",
        required=more.pop("required", True),
        **more,
    )


def step(seq: int, hours: float, way: str, label: str, kind: str = "request", **more: Any) -> TimelineStep:
    """A step `hours` of business time after Monday 9:00; a second on the wire is a day. `way` is "layer > erp"."""
    source, _, target = way.partition(" > ")
    outcome = more.pop("outcome", "ok" if kind in ("request", "event") else "")
    return TimelineStep(
        seq=seq,
        at=MONDAY + timedelta(hours=hours),
        at_s=round(hours * 3600 / 86400, 3),
        source=source,
        target=target or source,
        label=label,
        kind=kind,  # type: ignore[arg-type]  # the tests of the schema hold that it is one of the five
        outcome=outcome,
        **more,
    )


SHIPPED = {
    "type": "crossdock.shipment.shipped.v1",
    "id": "evt-0107",
    "subject": "SH-4001",
    "sequence": 1,
    "data": {
        "shipmentId": "SH-4001",
        "fulfilmentId": "F-3001",
        "final": True,
        "lines": [
            {
                "lineId": "1",
                "sku": "LAMP-01",
                "ordered": {"value": "10", "uom": "EA"},
                "shipped": {"value": "7", "uom": "EA"},
                "lineStatus": "shortClosed",
            }
        ],
    },
}
INVOICE_REQUEST = {
    "request": {
        "method": "POST",
        "path": "/v1/invoices",
        "idempotencyKey": "inv-SH-4001",
        "body": {
            "salesOrderId": "SO-2001",
            "shipmentIds": ["SH-4001"],
            "lines": [{"lineId": "1", "quantity": {"value": "10", "uom": "EA"}}],
        },
    },
    "answer": None,
}

SHORT_SHIPMENT = (
    step(11, 0.0, "people > crm", "convertQuote → 201 O-1001", took_s=0.004),
    step(12, 0.1, "crm > layer", "order.submitted", "event", detail={"orderId": "O-1001", "status": "submitted"}),
    step(15, 0.4, "layer > erp", "createSalesOrder → 201 SO-2001 accepted", took_s=0.006),
    step(16, 0.4, "erp", "reserves 10 of LAMP-01 at east", "work"),
    step(18, 0.6, "layer > crm", "setOrderStatus accepted → 200", took_s=0.003),
    step(19, 0.7, "erp > layer", "fulfilment.released F-3001", "event"),
    step(20, 0.7, "east", "down for 2 s", "fault", fault="outage"),
    step(21, 0.9, "layer > east", "createFulfilmentRequest → refused", outcome="fail", fault="outage"),
    step(24, 12.5, "layer > east", "createFulfilmentRequest → refused", outcome="fail", fault="outage"),
    step(25, 48.7, "east", "up again", "note"),
    step(26, 49.0, "layer > east", "createFulfilmentRequest → 201", took_s=0.005),
    step(27, 49.3, "layer > crm", "setOrderStatus released → 200", took_s=0.003),
    step(30, 50.0, "east > layer", "fulfilment.picking", "event"),
    step(31, 51.5, "east", "finds 7 of 10 in the bin", "work", detail={"sku": "LAMP-01", "found": "7"}),
    step(33, 52.0, "east > layer", "shipment.shipped SH-4001", "event", highlight=True, detail=SHIPPED),
    step(34, 52.2, "layer > erp", "confirmShipment SH-4001 → 201", took_s=0.007, detail=SHIPPED["data"]),
    step(36, 52.3, "east > layer", "shipment.shipped SH-4001 again", "event", fault="duplicate-event"),
    step(
        37,
        52.4,
        "layer > erp",
        "createInvoice → no answer",
        outcome="info",
        fault="no-answer",
        highlight=True,
        invariants=("M1",),
        took_s=0.5,
        detail=INVOICE_REQUEST,
    ),
    step(39, 64.5, "layer > erp", "createInvoice → 201 INV-5001, replayed", highlight=True, invariants=("M1",)),
    step(40, 64.6, "layer > crm", "createCase shortShip → 201", took_s=0.004),
    step(41, 64.8, "erp > layer", "invoice.issued INV-5001", "event"),
    step(42, 65.0, "layer > crm", "setOrderStatus shipped → 200"),
    step(44, 76.0, "east > layer", "tracking.milestone delivered", "event"),
    step(45, 76.1, "layer > crm", "setTracking 1Z-77 delivered → 200"),
    step(46, 76.2, "layer > crm", "setOrderStatus delivered → 200"),
)

SPLIT_ORDER = (
    step(2, 0.0, "people > crm", "convertQuote → 201 O-0001"),
    step(3, 0.1, "crm > layer", "order.submitted", "event"),
    step(4, 0.3, "layer > erp", "createSalesOrder → 201 SO-1001 accepted"),
    step(5, 0.5, "erp > layer", "fulfilment.released F-2001, F-2002", "event"),
    step(6, 0.7, "layer > east", "createFulfilmentRequest → 201"),
    step(7, 0.7, "layer > west", "createFulfilmentRequest → 201"),
    step(8, 3.0, "west", "picks 4 of DESK-02", "work"),
    step(9, 4.0, "west > layer", "shipment.shipped SH-3002", "event"),
    step(10, 5.0, "layer > erp", "createInvoice → 201 INV-4001"),
)

BILLS_ORDERED = Finding(
    invariant="M1",
    key="M1:quantity",
    summary="Invoice INV-5001 bills 10 of LAMP-01; 7 were shipped",
    expected="7 EA of LAMP-01 billed on INV-5001",
    actual="10 EA of LAMP-01 billed on INV-5001",
    scenario="partial-shipment",
    order_id="O-1001",
    order="A",
    because=(
        "Let L be line 1 of order O-1001: 10 EA of LAMP-01 at 12.50 USD.",
        "S1 = shipment SH-4001 of east says 7 EA of L shipped, final, line status shortClosed.",
        "The layer confirmed S1 to the ERP with 7 EA, so it knew.",
        "N1 = invoice INV-5001, posted by the layer for S1, bills 10 EA of L.",
        "N1 bills 3 EA that S1 did not ship, and no other shipment of L exists: M1 is broken.",
    ),
    exchanges=(33, 34, 37, 39, 52),
    clause="Order to cash, step 6: that it is no more than was shipped is the layer's duty",
    consequence="The customer pays 37.50 USD for three lamps that never left the warehouse.",
    reproduce="crossdock run partial-shipment --target examples/broken/bills_ordered_quantity/target.yaml --seed 42",
)

PHASES = (
    PhaseResult(name="preflight", began_s=0.0, took_s=0.31, note="target up after 280 ms"),
    PhaseResult(name="plan", began_s=0.31, took_s=0.04),
    PhaseResult(name="baseline", began_s=0.35, took_s=1.9, note="happy path passed"),
    PhaseResult(name="strike", began_s=2.25, took_s=6.4),
    PhaseResult(name="settle", began_s=8.65, took_s=3.2, note="quiet for 1 s"),
    PhaseResult(name="check", began_s=11.85, took_s=0.42),
)

HAPPY = ScenarioResult(
    id="happy-path",
    title="Orders go from quote to delivery",
    story="Ten orders are placed, shipped whole, delivered and billed. Nothing is broken on purpose.",
    verdict="PASS",
    tags=("baseline", "order-to-ship"),
    took_s=1.9,
    checks=(check("Q1", 14), check("Q3", 22), check("E1", 30), check("M1", 14), check("C1", 10), check("A1", 10)),
    orders=(
        OrderResult(
            name="A",
            order_id="O-0001",
            states={"crm": "delivered", "erp": "closed", "east": "shipped", "west": "shipped"},
            timeline=SPLIT_ORDER,
        ),
    ),
    orders_total=10,
    reproduce="crossdock run happy-path --target target.yaml --seed 42",
)

PARTIAL = ScenarioResult(
    id="partial-shipment",
    title="The warehouse ships less than was ordered",
    story="Customer service orders ten lamps. East goes down as they are released, comes back, and finds only seven.\n"
    "Three stay unshipped, so seven are to be billed and one case tells customer service why.",
    verdict="FAIL",
    reason="M1 is broken: 10 billed, 7 shipped",
    tags=("order-to-ship", "chaos"),
    source="https://github.com/frappe/ecommerce_integrations/issues/207",
    took_s=5.2,
    checks=(
        check("Q1", 1),
        check("E1", 5),
        check("E3", 3),
        check("M1", 1, "FAIL", findings=1),
        check("S1", 4),
        check("C1", 1),
        check("X1", 1),
        check("Q3", 0, required=False, note="the ledger of east was not read"),
    ),
    faults=(
        FaultResult(id="outage", description="east refuses every connection for 2 s", fired=1, at=("0.029 s",)),
        FaultResult(id="duplicate-event", description="shipment.shipped is delivered twice", fired=1, at=("2.179 s",)),
        FaultResult(id="no-answer", description="createInvoice commits and never answers", fired=1, at=("2.183 s",)),
        FaultResult(id="rate-limited", description="setOrderStatus is answered 429 once", fired=0),
    ),
    findings=(BILLS_ORDERED,),
    orders=(
        OrderResult(
            name="A",
            order_id="O-1001",
            reference="SO-2001",
            states={"crm": "delivered", "erp": "closed", "east": "shipped"},
            lines=({"sku": "LAMP-01", "ordered": "10 EA", "shipped": "7 EA", "invoiced": "10 EA"},),
            timeline=SHORT_SHIPMENT,
        ),
        OrderResult(name="B", order_id="O-1002", states={"crm": "delivered", "erp": "closed"}),
    ),
    orders_total=2,
    reproduce="crossdock run partial-shipment --target examples/broken/bills_ordered_quantity/target.yaml --seed 42",
)

OUTAGE = ScenarioResult(
    id="warehouse-outage",
    title="A warehouse is down while orders are released",
    story="East is down for four business hours. What was meant for it waits and is delivered once.",
    verdict="PASS",
    tags=("chaos", "exclusive"),
    took_s=4.8,
    checks=(check("E1", 12), check("E3", 4), check("Q1", 4), check("C1", 4)),
    faults=(FaultResult(id="outage", description="east refuses every connection for 2 s", fired=7),),
    orders_total=4,
)

CANCEL = ScenarioResult(
    id="cancel-before-pick",
    title="An order is cancelled before it is picked",
    story="Customer service cancels an order that is released and not yet picked.",
    verdict="NOT_EXERCISED",
    reason="the target does not claim the capability `cancel`",
    tags=("cancel",),
    checks=(check("Q1", 0), check("S1", 0)),
)

LATE = ScenarioResult(
    id="late-milestone",
    title="An older milestone comes after a newer one",
    story="`in_transit` is held back until `delivered` has been told.",
    verdict="HARNESS_ERROR",
    reason="the check of S1 ended in KeyError: 'occurredAt'",
    tags=("chaos", "events"),
    took_s=2.1,
    checks=(check("C1", 2), check("S1", 1, "HARNESS_ERROR", note="KeyError: 'occurredAt'")),
    faults=(FaultResult(id="delay-event", description="tracking.milestone is held back for 1 s", fired=1),),
    orders_total=1,
)


def run(verdict: VerdictName, exit_code: int, scenarios: tuple[ScenarioResult, ...], **more: Any) -> Result:
    """A run of these scenarios."""
    return Result(
        crossdock="0.1.0",
        run_id="20260302-090000-42",
        started_at=datetime(2026, 11, 23, 18, 50, 7, tzinfo=UTC),
        duration_s=12.43,
        command="crossdock run --target examples/broken/bills_ordered_quantity/target.yaml --seed 42",
        seed=42,
        verdict=verdict,
        exit_code=exit_code,
        target=TargetInfo(
            name=more.pop("name", "bills-ordered-quantity"),
            file="examples/broken/bills_ordered_quantity/target.yaml",
            capabilities=("order-to-ship", "partial-shipment", "cases"),
        ),
        scenarios=scenarios,
        **more,
    )


FAILING = run(
    "FAIL",
    1,
    (HAPPY, PARTIAL, OUTAGE, CANCEL, LATE),
    phases=PHASES,
    advice="Mend the finding first: the harness error hides the verdict on late milestones.",
    statistics=Statistics(orders=17, exchanges=1204, deliveries=311, journal_entries=2893, faults_fired=10),
    journal_link="9f2c41d07be0a5a8a2b6f41a1f6f7e0a7d55c1ce0a0b9d7f3e2c8b6a54f01d3e",
)

HEALTHY = run(
    "PASS",
    0,
    (HAPPY, OUTAGE),
    name="reference",
    phases=PHASES,
    statistics=Statistics(orders=14, exchanges=911, deliveries=240, journal_entries=2011, faults_fired=7),
    journal_link="1b7d" * 16,
)

UNREACHABLE = run(
    "CONFIG_ERROR",
    2,
    (),
    errors=("target.yaml, line 7: nothing answers at http://127.0.0.1:9\nexpected 200 from /health within 10 s",),
    advice="Start the layer, or correct `ready` in target.yaml; then run the same command again.",
)
IN_WORLD_2 = msgspec.structs.replace(
    FAILING,
    scenarios=(
        msgspec.structs.replace(
            PARTIAL, world=2, findings=(msgspec.structs.replace(BILLS_ORDERED, world=2, order="", order_id="O-9"),)
        ),
    ),
    worlds=(WorldResult(number=2, journal="worlds/2/journal.ndjson", journal_link="ab" * 32),),
)
# A run so long that the page packs most of what passed.
LONG = msgspec.structs.replace(
    FAILING,
    scenarios=(
        PARTIAL,
        *(
            msgspec.structs.replace(PARTIAL, id=f"passed-{number}", verdict="PASS", reason="", findings=())
            for number in range(1, 31)
        ),
    ),
)
