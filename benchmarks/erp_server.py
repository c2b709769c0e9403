"""An ERP simulator as `crossdock simulate erp` starts it, with a journal file and something to sell.

    python -m crossdock.benchmarks.erp_server JOURNAL

Prints one JSON line, {"port": …, "token": …}, once it answers; ends on SIGTERM. On SIGUSR1 it prints another line:
how many bytes it holds of each kind of state (see state_size).
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from crossdock.benchmarks.five_line_order import ADDRESS, CURRENCY, CUSTOMER, SKUS, UNIT_PRICE
from crossdock.benchmarks.state_size import state_bytes
from crossdock.harness.cli.composition import run_loop
from crossdock.scenarios.people import ask
from crossdock.simulators.clock import START, CompressedClock
from crossdock.simulators.host import Host
from crossdock.simulators.ids import Ids
from crossdock.simulators.party import Party
from crossdock.simulators.world import World

SCOPES = ("erp.read", "erp.write")
# The books have at most nine digits.
STOCK = "999999990"
CREDIT_LIMIT = {"amount": "999999999.00", "currency": CURRENCY}


def seed(erp: Party) -> None:
    """A customer with credit, five items, and stock for all that will be ordered."""
    customer: dict[str, Any] = {
        "customerNumber": CUSTOMER,
        "name": ADDRESS["name"],
        "currency": CURRENCY,
        "billTo": ADDRESS,
        "paymentTermsDays": 30,
        "creditLimit": CREDIT_LIMIT,
    }
    ask(erp, "createCustomer", customer)
    for sku in SKUS:
        item = {
            "sku": sku,
            "description": f"Item {sku}",
            "baseUom": "EA",
            "prices": [UNIT_PRICE],
            "taxCategory": "standard",
        }
        ask(erp, "createItem", item)
        opening = {"warehouseId": "east", "sku": sku, "kind": "opening", "quantity": {"value": STOCK, "uom": "EA"}}
        ask(erp, "postStockMovement", opening)


async def serve(journal: Path) -> None:
    loop = asyncio.get_running_loop()
    clock = CompressedClock(loop, datetime.fromisoformat(START))
    with journal.open("wb", buffering=1 << 18) as sink:
        world = World("benchmark", clock, Ids("BNCH", 1), cast={"erp": "erp"}, sink=sink)
        erp = world.parties["erp"]
        seed(erp)
        world.register_client("erp", "layer", "secret", SCOPES)
        token = erp.access.issue("layer", "secret", frozenset(), clock.wire())
        stop = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        loop.add_signal_handler(signal.SIGUSR1, lambda: print(json.dumps(state_bytes(world)), flush=True))
        async with Host(world) as host:
            print(json.dumps({"port": host.listeners["erp"].port, "token": token.value}), flush=True)
            await stop.wait()
        if world.errors:
            sys.exit(f"the simulator failed {len(world.errors)} times, first: {world.errors[0]}")


if __name__ == "__main__":
    run_loop(lambda: serve(Path(sys.argv[1])))
