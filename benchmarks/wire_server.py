"""An ERP simulator that can be reached directly, through the relay, and through the relay and the proxy.

    python -m crossdock.benchmarks.wire_server FOLDER

All three are as a run has them: simulator and relay on one loop, the proxy a process of its own that asks about every
request. Prints one JSON line, {"token": …, "ports": {way: port}, "proxyReadyS": seconds}, once all answer; ends on
SIGTERM.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import datetime
from pathlib import Path
from random import Random

from crossdock.benchmarks.erp_server import SCOPES, seed
from crossdock.harness.cli.composition import run_loop
from crossdock.harness.run import START
from crossdock.scenarios.interference import Faults
from crossdock.scenarios.wire.place import Place
from crossdock.scenarios.wire.wire import Wire
from crossdock.simulators.clock import CompressedClock
from crossdock.simulators.host import Host
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World

DIRECT, RELAY, PROXY = "direct", "through the relay", "through relay and proxy"


async def serve(folder: Path) -> None:
    loop = asyncio.get_running_loop()
    clock = CompressedClock(loop, datetime.fromisoformat(START))
    with (folder / "journal.ndjson").open("wb", buffering=1 << 18) as sink:
        world = World("benchmark", clock, Ids("BNCH", 1), cast={"erp": "erp"}, sink=sink)
        seed(world.parties["erp"])
        world.register_client("erp", "layer", "secret", SCOPES)
        token = world.parties["erp"].access.issue("layer", "secret", frozenset(), clock.wire())
        stop = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        async with Host(world) as host:
            upstreams = {"erp": host.addresses["erp"]}
            wires = {way: Wire(world, upstreams, folder, Random(1)) for way in (RELAY, PROXY)}
            await wires[RELAY].open({"erp": {Place.RELAY}})
            began = loop.time()
            await wires[PROXY].open({"erp": {Place.PROXY}})
            ready_s = loop.time() - began
            for wire in wires.values():
                world.set_interference(Faults(world, lambda _order_id: None, wire=wire))
            ports = {
                DIRECT: host.listeners["erp"].port,
                **{way: wire.relays["erp"].port for way, wire in wires.items()},
            }
            print(json.dumps({"token": token.value, "ports": ports, "proxyReadyS": ready_s}), flush=True)
            await stop.wait()
            for wire in wires.values():
                await wire.close()
        if world.errors:
            sys.exit(f"the simulator failed {len(world.errors)} times, first: {world.errors[0]}")


if __name__ == "__main__":
    run_loop(lambda: serve(Path(sys.argv[1])))
