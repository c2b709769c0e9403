"""Files that nobody should send: kept in `corpus/`, made by this module, each with what reading it must come to."""

from __future__ import annotations

from pathlib import Path

from crossdock.tests.contracts.edi.messages import ORDER, SHIPMENT

CORPUS = Path(__file__).parent / "corpus"
_HEAD = ORDER.split("\n")[0]

NASTY: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "nothing"),
    "only-blanks": (b" \r\n\t\n ", "nothing"),
    "octets-at-random": (bytes((index * 167 + 13) % 256 for index in range(4_096)), "junk"),
    "zeros": (b"\0" * 4_096, "junk"),
    "beginnings-only": (b"ISA*" * 5_000, "junk"),
    "utf-16": (ORDER.encode("utf-16"), "junk"),
    "byte-order-mark": (b"\xef\xbb\xbf" + ORDER.encode(), "junk A"),
    "latin-1": (ORDER.replace("DANA", "DAN\xc4").encode("latin-1"), "A with errors in sets"),
    "html": (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "junk"),
    "header-cut": (ORDER[:60].encode(), "junk"),
    "header-only": (_HEAD.encode(), "R 023"),
    "header-without-padding": (" ".join(ORDER.split()).replace("~ ", "~").encode(), "R 011"),
    "cut-in-a-segment": (ORDER[: ORDER.index("36000291452")].encode(), "R 023"),
    "cut-before-the-trailer": (ORDER[: ORDER.index("SE*")].encode(), "R 023"),
    "header-in-a-header": ((_HEAD + ORDER).encode(), "R 022, A 000"),
    "interchange-in-a-set": ((ORDER[: ORDER.index("W66")] + SHIPMENT).encode(), "R 022, A 000"),
    "trailers-only": (ORDER[ORDER.index("SE*") :].encode(), "junk"),
    "terminators-only": ((_HEAD + "~" * 5_000).encode(), "R 023"),
    "separators-only": ((_HEAD + "*" * 30_000 + "~").encode(), "junk R"),
    "segment-without-end": ((_HEAD + "GS*" + "A" * 50_000).encode(), "junk R"),
    "all-separators-alike": (ORDER.replace("*", "~").replace(">", "~").encode(), "junk"),
    "terminator-is-a-letter": (ORDER.replace("~\n", "A").encode(), "junk R"),
    "count-of-a-billion": (ORDER.replace("SE*25", "SE*9999999999").encode(), "A with errors in sets"),
    "count-is-no-number": (ORDER.replace("GE*1*", "GE*one*").encode(), "A with errors in groups"),
    "control-characters": (ORDER.replace("RED MUG", "RED\x1b[2J\x07MUG").encode(), "A with errors in sets"),
    "ten-thousand-empty-sets": (
        (
            "\n".join(ORDER.split("\n")[:2]) + "ST*940*0001~SE*2*0001~" * 10_000 + "GE*10000*55~IEA*1*000000101~"
        ).encode(),
        "A with errors in sets",
    ),
    "set-in-a-set": (ORDER.replace("W66*", "ST*940*0002~\nW66*").encode(), "A with errors in sets"),
    "group-in-a-set": (ORDER.replace("W66*", "GS*OW~\nW66*").encode(), "R 024"),
}
