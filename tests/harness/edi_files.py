"""Files for `crossdock edi`: an order as it should be, one with several things wrong, and a partner's guide."""

from crossdock.tests.contracts.edi.messages import ORDER, SHIPMENT

RIGHT = ORDER + SHIPMENT
WRONG = (
    ORDER.replace("W01*10*EA", "W01*TEN*XX")
    .replace("N9*DP*WEB", "N9*DP*WEB  ")
    .replace("G62*01*20260309", "G62*01*20260230")
    .replace("W66*PP*U", "QQ*1~\nW66*PP*U")
    .replace("BLUE MUG", "BLUE\x1b[31mMUG")
    .replace("IEA*1*", "IEA*3*")
    + "something else\n"
)
PARTNER = """\
x12: 1
based_on: 004010/940
name: Orders for warehouse B
restrict:
  - segment: W66
    elements: {10: {codes: {FDEG: FedEx Ground, FXFE: FedEx Freight}}}
  - {segment: PER, forbidden: true}
"""
