"""Healthy layers of many styles while somebody is away, or busy: what they do then, and afterwards (see styles.py)."""

from crossdock.tests.harness.histories import ASKED, TAKEN

ARRIVED = "milestone T1 delivered | shown T1 delivered | status delivered 1:10"
GOES_ON = f"request R1 east F1 | ship S1 R1 1:10! | confirm S1 | invoice I1 S1 1:10 | status shipped | {ARRIVED}"
BUSY = "fail erp confirmShipment 503 unavailable"

RECOVERED = {
    "the ERP is away when an order is placed": (
        f"down erp | order 1:10 | up erp | erp SO1 | status accepted | release F1 east 1:10 | {GOES_ON}"
    ),
    "the warehouse is away when an order is released": (
        f"order 1:10 | erp SO1 | status accepted | down east | release F1 east 1:10 | up east | {GOES_ON}"
    ),
    "the ERP is away when goods leave": (
        f"{ASKED} | down erp | ship S1 R1 1:10! | up erp | confirm S1 | invoice I1 S1 1:10 | status shipped | {ARRIVED}"
    ),
    "the CRM is away while a parcel travels": (
        f"{ASKED} | ship S1 R1 1:10! | confirm S1 | invoice I1 S1 1:10 | down crm | milestone T1 delivered | up crm"
        " | shown T1 delivered | status delivered 1:10"
    ),
    "the layer dies once it has an order": (
        f"order 1:10 | down layer | up layer | erp SO1 | status accepted | release F1 east 1:10 | {GOES_ON}"
    ),
    "the layer is started anew between two steps": (
        f"{ASKED} | down layer | ship S1 R1 1:10! | up layer | confirm S1 | invoice I1 S1 1:10 | status shipped"
        f" | {ARRIVED}"
    ),
    "the ERP goes down twice": (
        f"{ASKED} | down erp | ship S1 R1 1:10! | up erp | down erp | up erp | confirm S1 | invoice I1 S1 1:10"
        f" | status shipped | {ARRIVED}"
    ),
    "the ERP says no a few times, and it waits longer each time": (
        f"{ASKED} | ship S1 R1 1:10! | {BUSY} | wait 1 | {BUSY} | wait 2 | {BUSY} | wait 4 | confirm S1"
        f" | invoice I1 S1 1:10 | status shipped | {ARRIVED}"
    ),
    "it waits as long as it was asked to": (
        f"{ASKED} | ship S1 R1 1:10! | busy erp confirmShipment 3 | wait 3 | confirm S1 | invoice I1 S1 1:10"
        f" | status shipped | {ARRIVED}"
    ),
    "it waits as long as a quota asks for": (f"{TAKEN} | busy east createFulfilmentRequest 2 429 | wait 2 | {GOES_ON}"),
    "an answer is lost, and it asks again": (
        f"{ASKED} | ship S1 R1 1:10! | confirm S1 | withhold erp createInvoice no-answer | wait 1"
        f" | fail erp createInvoice 503 unavailable | wait 2 | invoice I1 S1 1:10 | status shipped | {ARRIVED}"
    ),
    "what was set aside is replayed, and done": (
        f"{ASKED} | ship S1 R1 1:10! | fail erp confirmShipment 403 forbidden | case C1 integrationError"
        " | operate listDeadLetters ok | operate replayDeadLetter ok | confirm S1 | invoice I1 S1 1:10"
        f" | case C1 resolved | status shipped | {ARRIVED}"
    ),
}
