"""Interchanges for tests, a segment a line: full samples of an order and of its shipment, short on one line."""

from __future__ import annotations

from crossdock.contracts.edi import (
    Event,
    GroupEnd,
    GroupResult,
    Guides,
    InterchangeEnd,
    InterchangeResult,
    Limits,
    SetResult,
    TransactionSet,
    load_guide,
    read,
    standard_guides,
)
from crossdock.contracts.edi.limits import USUAL
from crossdock.contracts.edi.source import Source

ORDER = """\
ISA*00*          *00*          *ZZ*DEPOSITOR      *ZZ*WAREHOUSEB     *260301*0915*U*00401*000000101*0*T*>~
GS*OW*DEPOSITOR*WAREHOUSEB*20260301*0915*55*X*004010~
ST*940*0001~
W05*N*FR-100045*PO-7781~
N1*DE*NORTHWIND GEAR*92*DEP01~
N1*WH*WAREHOUSE B*92*WHB~
N1*ST*DANA ROSS*92*CUST-2201~
N3*18 ORCHARD LANE*UNIT 4~
N4*COLUMBUS*OH*43004*US~
PER*DC*DANA ROSS*TE*6145550101~
N9*CO*SO-5001~
N9*DP*WEB~
G62*10*20260302~
G62*02*20260306~
G62*01*20260309~
NTE*WHI*NO SUBSTITUTION~
W66*PP*U***GROUND*****UPSN~
LX*1~
W01*10*EA**VN*SKU-RED*UP*036000291452~
G69*RED MUG~
N9*LI*1~
LX*2~
W01*4*EA**VN*SKU-BLU*UP*042100005264~
G69*BLUE MUG~
N9*LI*2~
W76*14*12.5*LB~
SE*25*0001~
GE*1*55~
IEA*1*000000101~
"""
ACKNOWLEDGMENT = """\
ISA*00*          *00*          *ZZ*WAREHOUSEB     *ZZ*DEPOSITOR      *260301*0921*U*00401*000007000*0*T*>~
GS*FA*WAREHOUSEB*DEPOSITOR*20260301*0921*879*X*004010~
ST*997*0001~
AK1*OW*55~
AK2*940*0001~
AK5*A~
AK9*A*1*1*1~
SE*6*0001~
GE*1*879~
IEA*1*000007000~
"""
SHIPMENT = """\
ISA*00*          *00*          *ZZ*WAREHOUSEB     *ZZ*DEPOSITOR      *260302*1640*U*00401*000007001*0*T*>~
GS*SW*WAREHOUSEB*DEPOSITOR*20260302*1640*880*X*004010~
ST*945*0001~
W06*F*FR-100045*20260302*SHP-900312**PO-7781~
N1*DE*NORTHWIND GEAR*92*DEP01~
N1*SF*WAREHOUSE B*92*WHB~
N1*ST*DANA ROSS*92*CUST-2201~
N3*18 ORCHARD LANE*UNIT 4~
N4*COLUMBUS*OH*43004*US~
N9*BM*BOL-44120~
N9*CO*SO-5001~
G62*11*20260302~
G62*17*20260305~
W27*U*UPSN*GROUND*PP****CP~
LX*1~
MAN*GM*00106141411234567897~
MAN*CP*1Z999AA10123456784~
W12*CP*10*7*3*EA**VN*SKU-RED*LOT2409~
G69*RED MUG~
N9*LI*1~
LX*2~
MAN*GM*00106141411234567897~
W12*CC*4*4*0*EA**VN*SKU-BLU~
G69*BLUE MUG~
N9*LI*2~
W03*11*9.8*LB~
SE*25*0001~
GE*1*880~
IEA*1*000007001~
"""
REJECTION = "ST*997*0001~AK1*OW*56~AK2*940*0001~AK3*W01*17**8~AK4*2*355*7*XX~AK5*R*5~AK9*R*1*1*0~SE*8*0001~"
"""The body of a 997 for an order whose W0102 was XX."""


def wrapped(sets: str, functional_id: str = "OW", version: str = "004010") -> str:
    """Sets (segments ended by ~) in a group in an interchange; GE01 counts them."""
    count = sum(part.lstrip().startswith("ST*") for part in sets.split("~"))
    head, group, *_ = ORDER.split("~\n")
    group = group.replace("*OW*", f"*{functional_id}*").replace("004010", version)
    return f"{head}~{group}~{sets}GE*{count}*55~IEA*1*000000101~"


def order_set() -> str:
    """The set of the sample order, on one line."""
    text = ORDER.replace("\n", "")
    return text[text.index("ST*") : text.index("GE*")]


def events(source: str | Source, limits: Limits = USUAL, guides: Guides | None = None) -> list[Event]:
    """All that reading yields, by the guides of the standard or by others."""
    octets = source.encode() if isinstance(source, str) else source
    return list(read(octets, guides or standard_guides(), limits))


def as_agreed(source: str) -> GroupResult:
    """The result of the only group by the guide of a warehouse, which takes no code that it doesn't list."""
    found = events(source, guides=Guides([load_guide("warehouse/940")]))
    (group,) = [event.result for event in found if isinstance(event, GroupEnd)]
    return group


def sets(source: str | Source, limits: Limits = USUAL) -> list[TransactionSet]:
    return [event for event in events(source, limits) if isinstance(event, TransactionSet)]


def set_result(source: str) -> SetResult:
    """The result of the only set."""
    (found,) = sets(source)
    return found.result


def group_result(source: str) -> GroupResult:
    """The result of the only group."""
    (found,) = [event.result for event in events(source) if isinstance(event, GroupEnd)]
    return found


def interchange_result(source: str | Source, limits: Limits = USUAL) -> InterchangeResult:
    """The result of the only interchange."""
    (found,) = [event.result for event in events(source, limits) if isinstance(event, InterchangeEnd)]
    return found
