"""Reads and writes large files of pick requests, and says how much memory it took: `python -m … read|write MEGABYTES`.

Every row is another one, so that nothing that is remembered can hide.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from crossdock.contracts.layouts import End, Value, layout, read, write
from crossdock.tests.contracts.layouts.samples import heading, sample

OF = layout("pick_request")
HEADER, NAMES, _ = sample("pick_request").split(b"\r\n", 2)
ROW = (
    "A,FF-7K3F-{0:09d},1,regional,CO-7K3F-{0:09d},SO-7K3F-{0:09d},PO-{0},Ada Byrne {0},,{0} Canal Street,,Boston,MA,"
    "02134,US,,ada{0}@example.com,STD,2026-03-03,1,SKU-{0},,6,EA,,\r\n"
)


def pieces(megabytes: int) -> Iterator[bytes]:
    """So much of a file, without trailer."""
    yield HEADER + b"\r\n" + NAMES + b"\r\n"
    size = number = 0
    while size < megabytes * 1_000_000:
        piece = "".join(ROW.format(number + step) for step in range(500)).encode()
        number += 500
        size += len(piece)
        yield piece


def rows(megabytes: int) -> Iterator[dict[str, Value]]:
    """So much of a file, roughly."""
    for number in range(megabytes * 5_000):
        yield {
            "action": "change",
            "order_id": f"FF-7K3F-{number:09d}",
            "revision": 1,
            "warehouse": "regional",
            "customer_order_no": f"CO-7K3F-{number:09d}",
            "sales_order_no": f"SO-7K3F-{number:09d}",
            "ship_name": f"Ada Byrne {number}",
            "ship_address_1": f"{number} Canal Street",
            "ship_city": "Boston",
            "ship_country": "US",
            "service": "standard",
            "line_no": "1",
            "sku": f"SKU-{number}",
            "qty_ordered": Decimal(6),
            "uom": "EA",
        }


if __name__ == "__main__":
    megabytes = int(sys.argv[2])
    if sys.argv[1] == "read":
        for event in read(pieces(megabytes), OF):
            end = event
        count = end.rows if isinstance(end, End) else 0
    else:
        with Path(os.devnull).open("wb") as out:
            count = write(OF, heading(OF), rows(megabytes), out)
    print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
