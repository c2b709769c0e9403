"""Interchanges of warehouse shipping orders (940), each of 25 segments, as long as wanted."""

from __future__ import annotations

from collections.abc import Iterator

HEAD = (
    "ISA*00*          *00*          *ZZ*DEPOSITOR      *ZZ*WAREHOUSEB     *260301*0915*U*00401*000000101*0*T*>~"
    "GS*OW*DEPOSITOR*WAREHOUSEB*20260301*0915*55*X*004010~"
)
ORDER = (
    "ST*940*{number:04}~W05*N*FR-{number:06}*PO-7781~N1*DE*NORTHWIND GEAR*92*DEP01~N1*WH*WAREHOUSE B*92*WHB~"
    "N1*ST*DANA ROSS*92*CUST-{number}~N3*{number} ORCHARD LANE*UNIT 4~N4*COLUMBUS*OH*43004*US~"
    "PER*DC*DANA ROSS*TE*6145550101~N9*CO*SO-{number}~N9*DP*WEB~G62*10*20260302~G62*02*20260306~G62*01*20260309~"
    "NTE*WHI*NO SUBSTITUTION~W66*PP*U***GROUND*****UPSN~LX*1~W01*10*EA**VN*SKU-RED*UP*036000291452~G69*RED MUG~"
    "N9*LI*1~LX*2~W01*4*EA**VN*SKU-BLU*UP*042100005264~G69*BLUE MUG~N9*LI*2~W76*14*12.5*LB~SE*25*{number:04}~"
)


def interchange(sets: int) -> bytes:
    """One group with that many orders."""
    body = "".join(ORDER.format(number=number) for number in range(1, sets + 1))
    return f"{HEAD}{body}GE*{sets}*55~IEA*1*000000101~".encode()


def stream(octets: int) -> Iterator[bytes]:
    """One group with as many orders as make up that many octets, in pieces."""
    yield HEAD.encode()
    written, number = 0, 0
    while written < octets:
        number += 1
        order = ORDER.format(number=number).encode()
        written += len(order)
        yield order
    yield f"GE*{number}*55~IEA*1*000000101~".encode()
