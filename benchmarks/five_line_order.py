"""The order that every server under measurement is asked to take: five lines, each request a fresh one."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

CUSTOMER = "CUST-BENCH-1"
SKUS = tuple(f"SKU-{number}" for number in range(1001, 1006))
CURRENCY = "USD"
ADDRESS = {
    "name": "Ada Byrne",
    "line1": "12 Canal Street",
    "city": "Albany",
    "region": "NY",
    "postalCode": "12207",
    "country": "US",
    "email": "ada@example.com",
}
UNIT_PRICE = {"amount": "12.50", "currency": CURRENCY}


def document(reference: str) -> dict[str, Any]:
    """The body of createSalesOrder (contracts/erp/v1/openapi.yaml)."""
    return {
        "externalReference": reference,
        "customerNumber": CUSTOMER,
        "customerReference": "PO-4711",
        "currency": CURRENCY,
        "shipTo": ADDRESS,
        "billTo": ADDRESS,
        "serviceLevel": "standard",
        "partialPolicy": "allowBackorder",
        "lines": [
            {
                "lineId": str(number),
                "sku": sku,
                "quantity": {"value": "10", "uom": "EA"},
                "unitPrice": UNIT_PRICE,
                "warehouseId": "east",
            }
            for number, sku in enumerate(SKUS, 1)
        ],
        "freight": {"amount": "9.50", "currency": CURRENCY},
    }


def requests(path: str, token: str, *, customer: str = CUSTOMER, keyed: bool = True) -> Callable[[], bytes]:
    """What makes the next request, in HTTP/1.1: a new external reference and a new idempotency key each time.

    A stranger as `customer` gives an order that is refused; without a key (`keyed`) it is refused at the door.
    """
    body = json.dumps({**document("ORD-BENCH-%09d"), "customerNumber": customer}).encode()
    key = b"Idempotency-Key: order-%09d\r\n" if keyed else b""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body % 0)}\r\n"
    ).encode()
    template = head + key + b"\r\n" + body
    numbers = itertools.count(1)

    def next_request() -> bytes:
        number = next(numbers)
        return template % ((number, number) if keyed else number)

    return next_request
