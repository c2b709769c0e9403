"""Interchanges as trading partners write them: the same right sets, with the traits that real files have."""

from __future__ import annotations

from crossdock.tests.contracts.edi.messages import ORDER, SHIPMENT

_ONE_LINE = SHIPMENT.replace("\n", "")

RIGHT = {
    "line breaks of Windows": SHIPMENT.replace("\n", "\r\n"),
    "blanks after terminators": SHIPMENT.replace("~\n", "~ \r\n"),
    "indented": SHIPMENT.replace("\n", "\n    "),
    "all on one line": _ONE_LINE,
    "a line break ends a segment": SHIPMENT.replace("~\n", "\n"),
    "a carriage return ends a segment": SHIPMENT.replace("~\n", "\r"),
    "bars and carets": _ONE_LINE.replace("T*>~", "T*^~").replace("*", "|"),
    "tildes divide elements": _ONE_LINE.replace("~", "'").replace("*", "~"),
    "a mark at the end of the file": SHIPMENT + "\x1a",
    "conventions of grocers": SHIPMENT.replace("*X*004010", "*X*004010UCS"),
    "conventions of retail": ORDER.replace("*X*004010", "*X*004010VICS"),
    "qualifiers that no guide lists": ORDER.replace("N9*DP*WEB", "N9*IN*WEB").replace("W01*10*EA", "W01*10*KT"),
    "an envelope of an older release": SHIPMENT.replace("*U*00401*", "*U*00400*"),
    "an envelope that declares a repetition separator": SHIPMENT.replace("*U*00401*", "*^*00501*"),
}
"""By what is unusual in them; each is right by the standard."""

PURCHASE_ORDER = ORDER[: ORDER.index("GS*")] + (
    "GS*PO*SHOP*SUPPLIER*20260301*0915*55*X*004010~\nST*850*0001~\nBEG*00*SA*PO-7781**20260301~\nCUR*BY*USD~\n"
    "PO1*1*10*EA*9.5**VN*SKU-RED~\nCTT*1~\nSE*6*0001~\nGE*1*55~\nIEA*1*000000101~\n"
)
"""A set that there is no guide for."""
PURCHASE_ORDER_GUIDE = """\
x12: 1
version: "004010"
set: "850"
name: Purchase order, as our shop writes it
functional_group: PO
elements:
  "92": {name: Purchase Order Type Code, type: ID, length: [2, 2], codes: {SA: stand-alone}}
  "324": {name: Purchase Order Number, type: AN, length: [1, 22]}
  "328": {name: Release Number, type: AN, length: [1, 30]}
  "350": {name: Assigned Identification, type: AN, length: [1, 20]}
  "639": {name: Basis of Unit Price Code, type: ID, length: [2, 2]}
segments:
  BEG: {name: Beginning of a purchase order, elements: [353 M, 92 M, 324 M, 328 O, 373 M]}
  PO1: {name: Item, elements: [350 O, 330 X, 355 O, 212 X, 639 O, 235 X, 234 X], notes: [C0302, C0504, P0607]}
structure:
  - {segment: ST, required: true}
  - {segment: BEG, required: true}
  - {segment: CUR}
  - {loop: PO1, required: true, max: 100000, of: [{segment: PO1}]}
  - {segment: CTT}
  - {segment: SE, required: true}
"""
"""A guide for it, with the segments and elements that the dictionary has not."""
