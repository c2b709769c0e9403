"""Healthy layers of many styles: the same business, done in ways that are all right. Nothing may be found in any."""

from crossdock.tests.harness.histories import ASKED, BILLED, DELIVERED, SHIPPED, TAKEN
from crossdock.tests.harness.returning_styles import KEPT, RETURNED

TWO_LINES = (
    "order 1:10 2:4 | erp SO1 | status accepted | release F1 east 1:10 2:4 | request R1 east F1 | status released"
)
SPLIT = f"{ASKED} | ship S1 R1 1:6 | confirm S1 | invoice I1 S1 1:6 | status partiallyShipped"
SPLIT_WHOLE = f"{SPLIT} | ship S2 R1 1:4! | confirm S2 | invoice I2 S2 1:4 | status shipped"
ARRIVES = "milestone T1 delivered | shown T1 delivered | milestone T2 delivered | shown T2 delivered | status delivered"
SHORT = f"{ASKED} | ship S1 R1 1:7! | confirm S1 | invoice I1 S1 1:7 | status shipped"
SHORT_TWO = f"{TWO_LINES} | ship S1 R1 1:7 2:3! | confirm S1 | invoice I1 S1 1:7 2:3 | status shipped"
WAITING = f"{ASKED} | ship S1 R1 1:7! | confirm S1 rest backordered | invoice I1 S1 1:7 | status partiallyShipped"
REST = "release F2 east 1:3 | request R2 east F2 | ship S2 R2 1:3! | confirm S2 | invoice I2 S2 1:3 | status shipped"
FAILED = f"{BILLED} | milestone T1 exception | shown T1 exception | status deliveryFailed"
PARCELS = f"{ASKED} | ship S1 R1 1:10! in T1,T2 | confirm S1 | invoice I1 S1 1:10 | status shipped"
BOTH_FAIL = (
    f"{PARCELS} | milestone T1 lost | shown T1 lost | milestone T2 exception | shown T2 exception"
    " | status deliveryFailed"
)

WHOLE = {
    "everything is told as it happens": DELIVERED,
    "stock is watched as well": f"stock east 1:40 | {DELIVERED}",
    "it polls, and skips what it never saw": (
        "order 1:10 | look crm listOrders | erp SO1 | look erp getSalesOrder | release F1 east 1:10"
        " | look erp listFulfilments"
        " | request R1 east F1 | look east listShipments | ship S1 R1 1:10! | look east listShipments | confirm S1"
        " | invoice I1 S1 1:10 | milestone T1 in_transit | milestone T1 delivered | look east getTracking"
        " | shown T1 delivered | status delivered"
    ),
    "it looks first whether the order is there": (
        f"order 1:10 | look erp listSalesOrders 404 | {DELIVERED.removeprefix('order 1:10 |')}"
    ),
    "it tells the CRM the same status again and again": (
        f"{DELIVERED} | status delivered 1:10 | status delivered 1:10".replace(
            "status released", "status released | status released | status released 1:0"
        )
    ),
    "its tracking overtakes its status": (
        f"{ASKED} | ship S1 R1 1:10! | milestone T1 label_created | shown T1 label_created | milestone T1 in_transit"
        " | shown T1 in_transit | confirm S1 | status shipped | invoice I1 S1 1:10 | milestone T1 delivered"
        " | shown T1 delivered | status delivered"
    ),
    "it shows milestones under its own time": (
        f"{BILLED} | milestone T1 in_transit | shown T1 in_transit @now | milestone T1 delivered"
        " | shown T1 delivered @now"
        " | status delivered"
    ),
    "answers are lost and the repetition is replayed": (
        "order 1:10 | erp SO1 | withhold erp createSalesOrder no-answer | ask erp createSalesOrder | status accepted"
        " | release F1 east 1:10 | request R1 east F1 | withhold east createFulfilmentRequest no-answer"
        " | ask east createFulfilmentRequest | ship S1 R1 1:10! | fail erp confirmShipment 503 unavailable | confirm S1"
        " | ask erp confirmShipment | invoice I1 S1 1:10 | ask erp createInvoice | milestone T1 delivered"
        " | shown T1 delivered | status delivered"
    ),
    "it cancels the duplicate that it made itself": (
        f"order 1:10 | erp SO1 | erp SO2 | cancel SO2 | {DELIVERED.removeprefix('order 1:10 | erp SO1 |')}"
    ),
    "it cancels the duplicate that came first": (
        "order 1:10 | erp SO1 | erp SO2 | cancel SO1 | status accepted | release F1 east 1:10 of SO2"
        " | request R1 east F1"
        " | ship S1 R1 1:10! | confirm S1 | invoice I1 S1 1:10 of SO2 | milestone T1 delivered | shown T1 delivered"
        " | status delivered"
    ),
    "a refused invoice is cancelled and posted anew": (
        f"{SHIPPED} | confirm S1 | invoice I0 S1 1:10 status cancelled"
        " | invoice I1 S1 1:10 freight 9.50 | status shipped 1:10"
    ),
}
ROUTED = {
    "two warehouses ship a line each": (
        "order 1:10 2:4 | erp SO1 | status accepted | release F1 east 1:10 | release F2 west 2:4 | request R1 east F1"
        " | request R2 west F2 | status released | ship S1 R1 1:10! | confirm S1 | invoice I1 S1 1:10"
        " | status partiallyShipped | ship S2 R2 2:4! | confirm S2 | invoice I2 S2 2:4 | status shipped"
        f" | {ARRIVES}"
    ),
    "two warehouses share a line": (
        "order 1:10 | erp SO1 | release F1 east 1:6 | release F2 west 1:4 | request R1 east F1 | request R2 west F2"
        " | ship S1 R1 1:6! | ship S2 R2 1:4! | confirm S2 | confirm S1 | invoice I1 S1 1:6 | invoice I2 S2 1:4"
        f" | {ARRIVES}"
    ),
    "the first warehouse refuses and the ERP reroutes": (
        f"{TAKEN} | fail east createFulfilmentRequest 409 | release F1 west 1:10 | request R1 west F1 | status released"
        " | ship S1 R1 1:10! | confirm S1 | invoice I1 S1 1:10 | milestone T1 delivered"
        " | shown T1 delivered | status delivered"
    ),
    "the first warehouse is cancelled before the ERP reroutes": (
        f"{ASKED} | stop R1 | release F1 west 1:10 | request R2 west F1 | ship S1 R2 1:10! | confirm S1"
        " | invoice I1 S1 1:10 | milestone T1 delivered | shown T1 delivered | status delivered"
    ),
    "a request made twice is cancelled once": (
        f"{ASKED} | request R2 east F1 | stop R2 | ship S1 R1 1:10! | confirm S1 | invoice I1 S1 1:10"
        " | milestone T1 delivered | shown T1 delivered | status delivered"
    ),
    "a warehouse ships more than it was asked for and the ERP won't book it": (
        f"{ASKED} | ship S1 R1 1:12! | fail erp confirmShipment 409 | case C1 integrationError | milestone T1 delivered"
        " | shown T1 delivered"
    ),
}
PARTIAL = {
    "two shipments are told and billed each": f"{SPLIT_WHOLE} | {ARRIVES}",
    "it says partially shipped for every shipment": (
        f"{SPLIT} | ship S2 R1 1:4! | confirm S2 | status partiallyShipped 1:10 | invoice I2 S2 1:4"
        f" | status shipped | {ARRIVES}"
    ),
    "one invoice names both shipments": (
        f"{ASKED} | ship S1 R1 1:6 | confirm S1 | status partiallyShipped | ship S2 R1 1:4! | confirm S2"
        f" | invoice I1 S1,S2 1:10 | status shipped | {ARRIVES}"
    ),
    "the second shipment is heard of first": (
        f"{ASKED} | ship S1 R1 1:6 | ship S2 R1 1:4! | confirm S2 | confirm S1 | invoice I2 S2 1:4 | invoice I1 S1 1:6"
        f" | status shipped | {ARRIVES}"
    ),
    "an empty last shipment closes the request": (
        f"{ASKED} | ship S1 R1 1:7 | confirm S1 | invoice I1 S1 1:7 | ship S2 R1 ! in T1 | confirm S2 | status shipped"
        " | case C1 shortShip"
    ).replace("R1 ! in T1", "R1 1:0! in T1"),
    "a short shipment has a case": (
        f"{SHORT} | case C1 shortShip about S1 | milestone T1 delivered | shown T1 delivered | status delivered"
    ),
    "a short shipment has a case for each line": f"{SHORT_TWO} | case C1 shortShip about 1 | case C2 shortShip about 2",
    "two short lines share a case": f"{SHORT_TWO} | case C1 shortShip",
    "people close the case of a short shipment": f"{SHORT} | case C1 shortShip | people case C1 resolved",
    "zero lines are confirmed as well": (
        f"{TWO_LINES} | ship S1 R1 1:10! | confirm S1 1:10 2:0 | invoice I1 S1 1:10 | status shipped"
        " | case C1 shortShip"
    ),
    "the rest is backordered and follows": f"{WAITING} | case C1 shortShip | {REST} | case C1 resolved | {ARRIVES}",
    "the rest is shown as backordered": (
        f"{WAITING} | status backordered | case C1 shortShip | {REST} | case C1 resolved | {ARRIVES}"
    ),
    "the rest comes before anybody could open a case": f"{WAITING} | {REST} | {ARRIVES}",
    "there is less in stock than was ordered": (
        "order 1:10 | erp SO1 1:10b6 | status backordered | release F1 east 1:4 | status released | request R1 east F1"
        " | ship S1 R1 1:4! | confirm S1 | invoice I1 S1 1:4 | status partiallyShipped"
    ),
    "there is nothing in stock": "order 1:10 | erp SO1 1:10b10 status backordered | status backordered",
    "it calls a backordered order accepted": "order 1:10 | erp SO1 1:10b10 status backordered | status accepted",
}
DELIVERY = {
    "a parcel fails for good": f"{FAILED} | case C1 deliveryFailed about T1",
    "a parcel comes back": (
        f"{FAILED} | case C1 deliveryFailed | milestone T1 returning | shown T1 returning | milestone T1 returned"
        " | shown T1 returned | status returned"
    ),
    "a parcel fails and is delivered after all": (
        f"{FAILED} | case C1 deliveryFailed | milestone T1 in_transit | shown T1 in_transit | milestone T1 delivered"
        " | shown T1 delivered | status delivered | case C1 resolved"
    ),
    "a parcel fails and is delivered before anybody noticed": (
        f"{BILLED} | milestone T1 in_transit | shown T1 in_transit | milestone T1 exception | milestone T1 in_transit"
        " | shown T1 in_transit | milestone T1 delivered | shown T1 delivered | status delivered"
    ),
    "a parcel passes the same milestone twice": (
        f"{BILLED} | milestone T1 in_transit | shown T1 in_transit | milestone T1 out_for_delivery"
        " | shown T1 out_for_delivery"
        " | milestone T1 in_transit | shown T1 in_transit | milestone T1 delivered"
        " | shown T1 delivered | status delivered"
    ),
    "it is on its way again when the story ends": (
        f"{FAILED} | case C1 deliveryFailed | milestone T1 in_transit | shown T1 in_transit"
    ),
    "both parcels fail, and there is one case": f"{BOTH_FAIL} | case C1 deliveryFailed",
    "both parcels fail, and each has a case": (
        f"{BOTH_FAIL} | case C1 deliveryFailed about T1 | case C2 deliveryFailed about T2"
    ),
    "one of two failed parcels is delivered after all": (
        f"{BOTH_FAIL} | case C1 deliveryFailed about T1 | case C2 deliveryFailed about T2 | milestone T2 delivered"
        " | shown T2 delivered | case C2 resolved"
    ),
    "a parcel fails twice, each time with a case": (
        f"{FAILED} | case C1 deliveryFailed | milestone T1 in_transit | shown T1 in_transit | case C1 resolved"
        " | milestone T1 lost | shown T1 lost | case C2 deliveryFailed"
    ),
}
DECIDED = {
    "a credit hold is released": (
        "order 1:10 | erp SO1 status onHold | status onHold | case C1 creditHold"
        " | becomes SO1 accepted | case C1 resolved"
        f" | status accepted | {DELIVERED.removeprefix('order 1:10 | erp SO1 | status accepted |')}"
    ),
    "a credit hold lasts": "order 1:10 | erp SO1 status onHold | status onHold | case C1 creditHold",
    "the ERP rejects the order": (
        "order 1:10 | erp SO1 1:10c10 status rejected | status rejected | case C1 orderRejected"
    ),
    "a rejected order is posted again": (
        "order 1:10 | erp SO0 1:10c10 status rejected | case C1 orderRejected"
        f" | {DELIVERED.removeprefix('order 1:10 |')}"
    ),
    "the ERP will not even take the order": (
        "order 1:10 | fail erp createSalesOrder 422 | status rejected | case C1 integrationError"
    ),
    "the ERP will not take the order, which is called rejected": (
        "order 1:10 | fail erp createSalesOrder 422 | status rejected | case C1 orderRejected"
    ),
    "cancelled before the release": "order 1:10 | erp SO1 | status accepted | wish | cancel SO1 | status cancelled",
    "cancelled before the pick": (
        f"{ASKED} | wish | cancel SO1 cancelPending | withdraw F1 cancelRequested | stop R1 | withdraw F1"
        " | cancel SO1 | status cancelled"
    ),
    "cancelled before the ERP knew of it": "order 1:10 | wish | status cancelled",
    "too late to cancel": f"{SHIPPED} | wish | fail erp cancelSalesOrder 409 | {BILLED.removeprefix(SHIPPED + ' |')}",
    "too late to cancel, and it knew that": f"{SHIPPED} | wish | {BILLED.removeprefix(SHIPPED + ' |')}",
}
DISTURBED = {
    "a message is set aside and replayed": (
        f"{ASKED} | ship S1 R1 1:10! | fail erp confirmShipment 503 unavailable | case C1 integrationError | confirm S1"
        " | case C1 resolved | invoice I1 S1 1:10 | status shipped | milestone T1 delivered"
        " | shown T1 delivered | status delivered"
    ),
    "a warehouse is down, and somebody is told": (
        f"{TAKEN} | down east | case C1 integrationError | up east | request R1 east F1"
        " | case C1 resolved | status released"
    ),
    "a warehouse was down when the order came": f"down east | {DELIVERED} | up east | case C1 integrationError",
    "an event came late": f"{SHIPPED} | delay shipment.shipped S1 | {BILLED.removeprefix(SHIPPED + ' |')}",
    "deliveries are refused at first": (
        f"{SHIPPED} | deliver shipment.shipped S1 fail | deliver shipment.shipped S1 info | deliver shipment.shipped S1"
        f" | {BILLED.removeprefix(SHIPPED + ' |')}"
    ),
    "a shipment was never told to the layer": f"{SHIPPED} | swallow shipment.shipped S1",
    "a release was never told to the layer": f"{TAKEN} | swallow fulfilment.released F1",
    "the last milestone was never told to the layer": (
        f"{BILLED} | milestone T1 exception | swallow tracking.milestone T1"
    ),
    "the order was never told to the layer": "order 1:10 | swallow order.submitted CO-A",
    "a cancellation was never told to the layer": (
        "order 1:10 | erp SO1 | wish | swallow order.cancel-requested CO-A"
        f" | {DELIVERED.removeprefix('order 1:10 | erp SO1 |')}"
    ),
}
HEALTHY = {**WHOLE, **ROUTED, **PARTIAL, **DELIVERY, **DECIDED, **DISTURBED, **RETURNED, **KEPT}
PER_ORDER = {
    "one invoice when all has left": (
        f"{ASKED} | ship S1 R1 1:6 | confirm S1 | status partiallyShipped | ship S2 R1 1:4! | confirm S2"
        f" | invoice I1 S1,S2 1:10 | status shipped | {ARRIVES}"
    ),
    "one invoice, whole": DELIVERED,
    "not billed while some of it is still to come": SPLIT.replace("| invoice I1 S1 1:6 ", ""),
}
