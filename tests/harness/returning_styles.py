"""Healthy layers of many styles when goods come back, and when stock, customers and items change."""

from crossdock.tests.harness.histories import AUTHORIZED, CREDITED, DELIVERED

TWO_BOXES = f"{AUTHORIZED} | come RC1 RMA1 1:1 | book-return RC1 | credit CM1 RC1 1:1 | told-back RR1 received"
RETURNED = {
    "all that is wanted back comes back": CREDITED,
    "it shows each step of a return": CREDITED.replace("| credit CM1", "| told-back RR1 received | credit CM1"),
    "it shows a return only at the end": CREDITED.replace("| told-back RR1 authorized RMA1 ", "").replace(
        "told-back RR1 credited", "told-back RR1 credited RMA1"
    ),
    "a return comes in two boxes": (
        f"{TWO_BOXES} | come RC2 RMA1 1:3 | book-return RC2 | credit CM2 RC2 1:3 | told-back RR1 credited"
    ),
    "two boxes are credited together": (
        f"{AUTHORIZED} | come RC1 RMA1 1:1 | come RC2 RMA1 1:3 | book-return RC1 | book-return RC2"
        " | credit CM1 RC1,RC2 1:4 | told-back RR1 credited"
    ),
    "two returns of one order": (
        f"{CREDITED} | wish-back RR2 1:2 | authorize RMA2 1:2 for RR2 | told-back RR2 authorized RMA2 | announce RMA2"
        " | come RC2 RMA2 1:2 | book-return RC2 of RMA2 | credit CM2 RC2 1:2 of RMA2 | told-back RR2 credited"
    ),
    "the rest of a return never comes": (
        f"{AUTHORIZED} | come RC1 RMA1 1:3! | book-return RC1 | case C1 returnException | credit CM1 RC1 1:3"
        " | told-back RR1 credited"
    ),
    "more comes than was announced": (
        f"{AUTHORIZED} | come RC1 RMA1 1:6 | book-return RC1 | case C1 returnException | credit CM1 RC1 1:4"
        " | told-back RR1 credited"
    ),
    "a part of it is broken": (
        f"stock east 1:40 | {AUTHORIZED} | come RC1 RMA1 1:3 1:1/damaged/scrap | book-return RC1"
        " | case C1 returnException | credit CM1 RC1 1:3 | told-back RR1 credited"
    ),
    "all of it is broken": (
        f"{AUTHORIZED} | come RC1 RMA1 1:4/damaged/scrap | book-return RC1 | case C1 returnException"
        " | told-back RR1 received"
    ),
    "what did not work is paid for and put aside": (
        f"stock east 1:40 | {CREDITED.replace('1:4 | book-return', '1:4/defective/quarantine | book-return')}"
    ),
    "another item is in the box": (
        f"{AUTHORIZED} | come RC1 RMA1 1:3 1:1/wrongItem/quarantine/2! | book-return RC1 | case C1 returnException"
        " | credit CM1 RC1 1:3 | told-back RR1 credited"
    ),
    "each way in which a return is odd has a case": (
        f"{AUTHORIZED} | come RC1 RMA1 1:2 1:1/damaged/scrap! | book-return RC1 | case C1 returnException subject short"
        " | case C2 returnException subject broken | credit CM1 RC1 1:2 | told-back RR1 credited"
    ),
    "people close the case of an odd return": (
        f"{AUTHORIZED} | come RC1 RMA1 1:3! | book-return RC1 | case C1 returnException | credit CM1 RC1 1:3"
        " | told-back RR1 credited | people case C1 closed"
    ),
    "goods come in cases": (
        "item 1 wrench | product 1 wrench | place 1 east wrench | place 1 west wrench | stock east 1:80"
        " | order 1:48 | erp SO1 | status accepted | release F1 east 1:48 | request R1 east F1 | ship S1 R1 1:48!"
        " | confirm S1 | invoice I1 S1 1:48 | status shipped | wish-back RR1 1:24 | authorize RMA1 1:24"
        " | told-back RR1 authorized RMA1 | announce RMA1 | come RC1 RMA1 1:2CA | book-return RC1 1:24"
        " | credit CM1 RC1 1:24 | told-back RR1 credited"
    ),
    "goods come that nobody announced": f"{DELIVERED} | unannounced U1 east 1:1 | case C1 returnException",
    "the ERP refuses the return": (
        f"{DELIVERED} | wish-back RR1 1:4 | fail erp createReturn 409 | told-back RR1 rejected"
    ),
    "the ERP's people authorize a return by themselves": (
        f"{DELIVERED} | people authorize RMA1 1:4 for nobody | announce RMA1 | come RC1 RMA1 1:4 | book-return RC1"
        " | credit CM1 RC1 1:4"
    ),
    "the goods are still on their way back": AUTHORIZED,
    "a return request was never told to the layer": f"{DELIVERED} | wish-back RR1 1:4 | swallow return.requested RR1",
    "an authorization was never told to the layer": (
        f"{AUTHORIZED.replace('| announce RMA1', '| swallow return.authorized RMA1')}"
    ),
    "a receipt was never told to the layer": (f"{AUTHORIZED} | come RC1 RMA1 1:3! | swallow return.received RC1"),
    "a receipt is set aside, and somebody is told": (
        f"{AUTHORIZED} | come RC1 RMA1 1:4 | fail erp receiveReturn 503 unavailable | case C1 integrationError"
    ),
}
SPREAD = "item 1 wrench | product 1 wrench | place 1 east wrench | place 1 west wrench"
STORED = f"{SPREAD} | stock east 1:40"
KEPT = {
    "a correction is booked": f"{STORED} | adjust A1 east 1:-2 | book-correction A1",
    "a correction in cases is booked in pieces": f"{STORED} | adjust A1 east 1:-2CA | book-correction A1",
    "what was put on hold is booked once": (
        f"{STORED} | adjust A1 east 1:-3 reason holdOn | adjust A2 east 1:3 part onHold reason holdOn"
        " | book-correction A1"
    ),
    "a correction was never told to the layer": f"{STORED} | adjust A1 east 1:-2 | swallow inventory.adjusted A1",
    "a correction is set aside, and somebody is told": f"{STORED} | adjust A1 east 1:-2 | complain C1",
    "a count is told": f"{STORED} | count N1 east 1 | tell-count N1 1",
    "only the newest count is told": f"{STORED} | count N1 east 1 | count N2 east 1 | tell-count N2 1",
    "the same count is told twice": f"{STORED} | count N1 east 1 | tell-count N1 1 | tell-count N1 1",
    "the newest count was never told to the layer": (
        f"{STORED} | count N1 east 1 | tell-count N1 1 | count N2 east 1 | swallow inventory.snapshot east/N2"
    ),
    "a new customer orders": (f"account AC-1 Canal | customer CUST-1 Canal | {DELIVERED}"),
    "a customer moves twice, and each move is told": (
        "account AC-1 Canal | customer CUST-1 Canal | account AC-1 High | customer CUST-1 High | account AC-1 Elm"
        " | customer CUST-1 Elm"
    ),
    "only the last move is told": (
        "account AC-1 Canal | customer CUST-1 Canal | account AC-1 High | account AC-1 Elm | customer CUST-1 Elm"
    ),
    "a customer moves away and back": (
        "account AC-1 Canal | customer CUST-1 Canal | account AC-1 High | customer CUST-1 High | account AC-1 Canal"
        " | customer CUST-1 Canal"
    ),
    "a move was never told to the layer": (
        "account AC-1 Canal | customer CUST-1 Canal | account AC-1 High | swallow account.changed AC-1"
    ),
    "an item is told to all who handle it": SPREAD,
    "an item changes": f"{SPREAD} | item 1 spanner | place 1 west spanner | product 1 spanner | place 1 east spanner",
    "a customer is set aside, and somebody is told": "account AC-1 Canal | complain C1",
}
