"""A CRM with one account, in a world whose clock moves only when told."""

from datetime import timedelta
from typing import Any

import pytest

from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World
from crossdock.tests.simulators.contract_channel import ContractChannel

CAST = {"crm": "crm"}
ADDRESS = {
    "name": "Ada Byrne",
    "line1": "12 Canal Street",
    "city": "Albany",
    "region": "NY",
    "postalCode": "12207",
    "country": "US",
}
ACCOUNT = {
    "customerNumber": "CUST-1",
    "name": "Byrne Tools",
    "currency": "USD",
    "billTo": ADDRESS,
    "shipTos": [ADDRESS],
}
CARRIER = {"scac": "UPSN", "name": "UPS", "service": "GROUND"}


def money(amount: str, currency: str = "USD") -> dict[str, str]:
    return {"amount": amount, "currency": currency}


def line(line_id: str = "1", quantity: str = "10 EA", price: str = "12.50", currency: str = "USD") -> dict[str, Any]:
    value, uom = quantity.split()
    return {
        "lineId": line_id,
        "sku": f"SKU-{line_id}",
        "quantity": {"value": value, "uom": uom},
        "unitPrice": money(price, currency),
    }


class Crm(ContractChannel):
    """A CRM, the people who use it included."""

    account_id = "ACC-t1-000001"

    def order(self, *lines: dict[str, Any], **fields: Any) -> Any:
        """Enter an order."""
        body = {
            "accountId": self.account_id,
            "currency": "USD",
            "shipTo": ADDRESS,
            "serviceLevel": "standard",
            "partialPolicy": "allowBackorder",
            "lines": list(lines or (line(),)),
            "freight": money("9.50"),
        }
        return self("createOrder", body | fields)

    def quote(self, *lines: dict[str, Any], **fields: Any) -> Any:
        """Draft a quote that is good for ten days."""
        body = {
            "accountId": self.account_id,
            "currency": "USD",
            "validUntil": "2026-03-12",
            "shipTo": ADDRESS,
            "serviceLevel": "express",
            "lines": list(lines or (line(),)),
            "freight": money("9.50"),
        }
        return self("createQuote", body | fields)

    def status(self, order_id: str, status: str, **fields: Any) -> Any:
        """Tell where an order stands."""
        how = {name: fields.pop(name) for name in ("if_match",) if name in fields}
        body = {"status": status, "asOf": "2026-03-02T08:00:00Z"} | fields
        return self("updateOrderStatus", body, orderId=order_id, **how)

    def block(self) -> None:
        """Block the account."""
        self("updateAccount", {"status": "blocked"}, accountId=self.account_id)

    def pass_days(self, days: float) -> None:
        clock = self.world.clock
        assert isinstance(clock, ManualClock)
        clock.advance(timedelta(days=days))


@pytest.fixture
def crm() -> Crm:
    world = World("test", ManualClock(), Ids("t1", 1), cast=CAST)
    channel = Crm(world, "crm")
    account = channel("createAccount", ACCOUNT)
    assert account["accountId"] == channel.account_id
    channel.events.clear()
    return channel
