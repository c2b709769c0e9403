"""A warehouse's SFTP server over a folder on disk, with a journal file and files to fetch.

    python -m crossdock.benchmarks.sftp_server FOLDER USER PUBLIC_KEY_FILE COUNT OCTETS

Takes and archives whatever arrives. Prints one JSON line, {"port": …, "knownHosts": …}, once it listens; ends on
SIGTERM.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import datetime
from pathlib import Path

from crossdock.harness.cli.composition import run_loop
from crossdock.harness.run import START
from crossdock.simulators.channels.sftp.account import Account
from crossdock.simulators.channels.sftp.depot import Depot
from crossdock.simulators.channels.sftp.disk_storage import DiskStorage
from crossdock.simulators.channels.sftp.host_key import HostKey
from crossdock.simulators.channels.sftp.mailbox import Arrived, FileEvent
from crossdock.simulators.channels.sftp.server import SftpServer
from crossdock.simulators.clock import CompressedClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World

PASSWORD = "secret"


async def serve(folder: Path, user: str, key: Path, count: int, octets: int) -> None:
    loop = asyncio.get_running_loop()
    with (folder / "journal.ndjson").open("wb", buffering=1 << 18) as sink:
        clock = CompressedClock(loop, datetime.fromisoformat(START))
        world = World("benchmark", clock, Ids("BNCH", 1), cast={"west": "warehouse"}, sink=sink)
        depot = Depot(world, "west")
        account = Account(user, password=PASSWORD, keys=[key.read_text(encoding="utf-8")])
        mailbox = depot.add(account, DiskStorage(folder / "mailbox"))
        for number in range(count):
            mailbox.deposit(f"{number:05}.edi", b"x" * octets)

        def process(event: FileEvent) -> None:
            if isinstance(event, Arrived):
                with mailbox.take(event.arrival) as stream:
                    stream.read()
                mailbox.archive(event.arrival)

        mailbox.listen(process)
        server = SftpServer(depot, [HostKey.made(world.ids)])
        await server.open()
        stop = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        print(json.dumps({"port": server.port, "knownHosts": server.known_hosts}), flush=True)
        await stop.wait()
        await server.close()
        if world.errors:
            sys.exit(f"the simulator failed {len(world.errors)} times, first: {world.errors[0]}")


if __name__ == "__main__":
    _, folder, user, key, count, octets = sys.argv
    run_loop(lambda: serve(Path(folder), user, Path(key), int(count), int(octets)))
