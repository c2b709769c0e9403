"""One interchange of every set, as they lie in docs/reference/samples/x12: an order's life, and its goods'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crossdock.contracts.edi import (
    Group,
    GroupEnd,
    GroupHeader,
    Interchange,
    InterchangeEnd,
    InterchangeHeader,
    Party,
    Separators,
    SetBody,
    acknowledge,
    acknowledge_interchange,
    read,
    standard_guides,
    write,
)
from crossdock.contracts.edi.writer import SegmentValues
from crossdock.tests.contracts.edi.generated import guide_of

DEPOSITOR, WAREHOUSE, CARRIER = Party("ZZ", "DEPOSITOR"), Party("ZZ", "WAREHOUSEB"), Party("02", "UPSN")
LINES = Separators(line_break="\n")
NAMES = "N1*DE*NORTHWIND GEAR*92*DEP01~N1*WH*WAREHOUSE B*92*WHB"
SHIPPED_FROM = "N1*DE*NORTHWIND GEAR*92*DEP01~N1*SF*WAREHOUSE B*92*WHB"
SHIP_TO = "N1*ST*DANA ROSS*92*CUST-2201~N3*18 ORCHARD LANE*UNIT 4~N4*COLUMBUS*OH*43004*US"
SENDERS = {"940": DEPOSITOR, "943": DEPOSITOR, "180": DEPOSITOR, "214": CARRIER}
MOMENTS = {
    "940": datetime(2026, 3, 1, 9, 15),
    "943": datetime(2026, 3, 1, 10, 0),
    "944": datetime(2026, 3, 4, 8, 20),
    "945": datetime(2026, 3, 2, 16, 40),
    "846": datetime(2026, 3, 2, 23, 0),
    "947": datetime(2026, 3, 3, 11, 5),
    "180": datetime(2026, 3, 9, 14, 30),
    "214": datetime(2026, 3, 5, 13, 12),
    "824": datetime(2026, 3, 1, 9, 22),
}
BODIES = {
    "940": f"W05*N*FR-100045*PO-7781~{NAMES}~{SHIP_TO}~PER*DC*DANA ROSS*TE*6145550101~N9*CO*SO-5001~N9*DP*WEB~"
    "G62*10*20260302~G62*02*20260306~G62*01*20260309~NTE*WHI*NO SUBSTITUTION~W66*PP*U***GROUND*****UPSN~"
    "LX*1~W01*10*EA**VN*SKU-RED*UP*036000291452~G69*RED MUG~N9*LI*1~"
    "LX*2~W01*4*EA**VN*SKU-BLU*UP*042100005264~G69*BLUE MUG~N9*LI*2~W76*14*12.5*LB",
    "945": f"W06*F*FR-100045*20260302*SHP-900312**PO-7781~{SHIPPED_FROM}~{SHIP_TO}~"
    "N9*BM*BOL-44120~N9*CO*SO-5001~G62*11*20260302~G62*17*20260305~W27*U*UPSN*GROUND*PP****CP~"
    "LX*1~MAN*GM*00106141411234567897~MAN*CP*1Z999AA10123456784~"
    "W12*CP*10*7*3*EA**VN*SKU-RED*LOT2409~G69*RED MUG~N9*LI*1~"
    "LX*2~MAN*GM*00106141411234567897~W12*CC*4*4*0*EA**VN*SKU-BLU~G69*BLUE MUG~N9*LI*2~W03*11*9.8*LB",
    "214": "B10*1Z999AA10123456784*SHP-900312*UPSN~L11*FR-100045*CO~N1*ST*DANA ROSS*92*CUST-2201~"
    "N4*COLUMBUS*OH*43004*US~LX*1~AT7*X6*NS***20260305*0704*LT~MS1*COLUMBUS*OH*US~"
    "AT7*D1*NS***20260305*1258*LT~MS1*COLUMBUS*OH*US~L11*1Z999AA10123456784*2I",
    "943": f"W06*F*TR-3001*20260301*ASN-3001~{NAMES}~N9*PO*PO-9911~G62*17*20260304~W27*M*FXFE~"
    "W04*120*EA**VN*SKU-RED*UP*036000291452~N9*LI*1~W04*5*CA**VN*SKU-BLU~N9*LI*2~W03*125*90*LB",
    "944": f"W17*F*20260304*RCV-77*TR-3001*ASN-3001~{NAMES}~N9*PO*PO-9911~"
    "W07*118*EA**VN*SKU-RED*UP*036000291452*LOT2410~N9*LI*1~W13*2*EA*01**AA~"
    "W07*5*CA**VN*SKU-BLU~N9*LI*2~W14*123*125*2",
    "846": "BIA*00*DD*INV-20260302*20260302*2300~N1*WH*WAREHOUSE B*92*WHB~"
    "LIN*1*VN*SKU-RED*UP*036000291452~QTY*17*241*EA~QTY*33*231*EA~QTY*QH*8*EA~QTY*74*2*EA~"
    "LIN*2*VN*SKU-BLU~QTY*17*96*EA~QTY*33*96*EA~CTT*2*674",
    "947": f"W15*20260303*ADJ-41~{NAMES}~W19*AU*-3*EA**VN*SKU-RED***LOT2409~G69*RED MUG~N9*ZZ*FORKLIFT~"
    "W19*51*1*EA**VN*SKU-BLU",
    "824": "BGN*00*55-0001*20260301*0922~OTI*TR*TN*FR-100045***20260301*0922*55*0001*940~REF*CO*SO-5001~"
    "TED*024*capacity-exceeded~NTE*GEN*WAREHOUSE B WORKS ON 40 REQUESTS AND TAKES NO MORE AT A TIME",
    "180": f"BGN*00*RMA-601*20260309*1430~{NAMES}~BLI*VN*SKU-RED*2*EA~N9*QJ*RMA-601~N9*LI*1~RDR*RA*DM**HANDLE BROKEN",
}


def sample(set_id: str) -> bytes:
    """The sample of a set; of the 997 the answer to the order, and of "ta1" that to an interchange that breaks off."""
    if set_id == "997":
        (end,) = [event for event in read(sample("940"), standard_guides()) if isinstance(event, GroupEnd)]
        return _interchange("997", acknowledge(end.result, LINES), datetime(2026, 3, 1, 9, 21), 7000, WAREHOUSE)
    if set_id == "ta1":
        order = sample("940")
        cut = order[: order.index(b"IEA")]
        (broken,) = [event for event in read(cut, standard_guides()) if isinstance(event, InterchangeEnd)]
        header = _header(datetime(2026, 3, 1, 9, 21), WAREHOUSE, 7001)
        return write(Interchange(header, acknowledgments=[acknowledge_interchange(broken.result)]), standard_guides())
    segments = [text.split("*") for text in BODIES[set_id].split("~")]
    number = 100 + sorted(BODIES).index(set_id)
    return _interchange(set_id, segments, MOMENTS[set_id], number, SENDERS.get(set_id, WAREHOUSE))


SAMPLES = (*sorted(BODIES), "997", "ta1")


def _header(moment: datetime, sender: Party, number: int) -> InterchangeHeader:
    receiver = WAREHOUSE if sender == DEPOSITOR else DEPOSITOR
    return InterchangeHeader.at(moment, sender, receiver, number, usage="T", separators=LINES)


def _interchange(set_id: str, segments: Sequence[SegmentValues], moment: datetime, number: int, sender: Party) -> bytes:
    header = _header(moment, sender, number)
    functional_id = guide_of(set_id).functional_group
    group = GroupHeader.at(moment, functional_id, header.sender.id, header.receiver.id, number)
    return write(Interchange(header, [Group(group, [SetBody(set_id, "0001", segments)])]), standard_guides())
