"""The proxy's own process: mitmproxy in front of the parties, doing what the harness says (proxy_words.py).

    python -m crossdock.scenarios.wire.proxy_process

It ends with its stdin, so it outlives nobody.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import logging
import os
import socket
import sys
import types
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from .har import har
from .proxy_addon import Faults, Harness
from .proxy_words import Begin, Done, Dump, Present, Ready, Reply, ToProxy

HOST = "127.0.0.1"
ATTEMPTS = 5


async def serve(out: int) -> None:
    """Read words from stdin until it ends."""
    loop = asyncio.get_running_loop()
    words = asyncio.StreamReader(limit=1 << 22)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(words), sys.stdin)
    decode = msgspec.json.Decoder(ToProxy).decode
    begin = decode(await words.readline())
    assert isinstance(begin, Begin)
    harness = Harness(out)
    master, faults = _master(harness, begin)
    running = loop.create_task(master.run())
    await faults.up.wait()
    await _listen(master, faults, begin.upstreams)
    harness.tell(Ready(ports={party: port for port, party in faults.party_of.items()}))
    while line := await words.readline():
        word = decode(line)
        if isinstance(word, Reply):
            harness.replied(word)
        elif isinstance(word, Present):
            faults.present(word.party, word.certificate)
            harness.tell(Done(number=word.number))
        elif isinstance(word, Dump):
            harness.tell(_dumped(word, faults))
    master.shutdown()
    await running


def _dumped(word: Dump, faults: Faults) -> Done:
    try:
        Path(word.file).write_text(json.dumps(har(faults.flows), ensure_ascii=False, indent=1), encoding="utf-8")
    except (OSError, ValueError) as error:
        return Done(number=word.number, problem=f"{type(error).__name__}: {error}")
    return Done(number=word.number)


def _master(harness: Harness, begin: Begin) -> tuple[Any, Faults]:
    from mitmproxy.addons.clientplayback import ClientPlayback
    from mitmproxy.addons.core import Core
    from mitmproxy.addons.next_layer import NextLayer
    from mitmproxy.addons.proxyserver import Proxyserver
    from mitmproxy.master import Master
    from mitmproxy.options import Options

    master: Any = Master(Options())
    faults = Faults(harness, begin, lambda flow: master.commands.call("replay.client", [flow]))
    playback, server = ClientPlayback(), Proxyserver()  # type: ignore[no-untyped-call]  # mitmproxy leaves it out
    master.addons.add(Core(), playback, server, NextLayer(), faults)
    master.options.update(mode=[], keep_host_header=True, client_replay_concurrency=-1, connection_strategy="lazy")
    return master, faults


async def _listen(master: Any, faults: Faults, upstreams: dict[str, int]) -> None:
    """Open a port in front of every party.

    mitmproxy takes port 0 for one listener only, so they are chosen here, and chosen anew when one is gone by then.
    Raises: OSError when that never succeeds.
    """
    from mitmproxy.proxy.mode_specs import ProxyMode

    servers = master.addons.get("proxyserver").servers
    for _ in range(ATTEMPTS):
        ports = dict(zip(upstreams, _free_ports(len(upstreams)), strict=True))
        modes = [f"reverse:http://{HOST}:{port}@{HOST}:{ports[party]}" for party, port in upstreams.items()]
        if await servers.update([ProxyMode.parse(mode) for mode in modes]):
            faults.party_of.update({port: party for party, port in ports.items()})
            return
    raise OSError(f"no ports to listen on were to be had in {ATTEMPTS} attempts")


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [probe.getsockname()[1] for probe in probes]


def _without_the_list_of_all_addons() -> None:
    """`mitmproxy.addons` imports every addon there is, a third of a second of them. One, of no use here, can't even be
    imported: passlib (proxyauth) fails on a bcrypt of version 5. So the package is put in place without that list.
    """
    spec = importlib.util.find_spec("mitmproxy")
    assert spec is not None
    package = types.ModuleType("mitmproxy.addons")
    package.__path__ = [str(Path(place) / "addons") for place in spec.submodule_search_locations or ()]
    sys.modules[package.__name__] = package


def main() -> None:
    # What any library prints goes to the log, never between the words.
    out = os.dup(1)
    os.dup2(2, 1)
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # open connections at the end are no trouble
    _without_the_list_of_all_addons()
    asyncio.run(serve(out))


if __name__ == "__main__":
    main()
