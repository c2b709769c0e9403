"""What a run puts between the layer and the parties: by the faults of its scenarios, before the layer is told where the
parties are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

from ..scenarios.needs import between, needed
from ..scenarios.scenario import Scenario, fault_of
from ..scenarios.wire.place import IN_FRONT, Place
from ..scenarios.wire.wire import Wire
from ..simulators.host import Host

# What a layer finds the certificate authority under that it is to trust, where a party speaks TLS.
AUTHORITY = "CROSSDOCK_CA_FILE"


class Wiring:
    """`ports` are those at which the layer must find the parties; `har` has all of them behind the proxy, and what
    passes written into the run's folder.
    """

    def __init__(
        self, scenarios: Iterable[Scenario], parties: Iterable[str], ports: Mapping[str, int], *, har: bool
    ) -> None:
        self._needs = between(scenarios)
        if har:
            self._needs = {party: {*self._needs.get(party, ()), Place.PROXY} for party in parties}
        self._ports = ports
        self._har = har

    @property
    def ports(self) -> dict[str, int]:
        """The ports at which the parties are to listen themselves: their own, where nothing stands in front of them."""
        return {party: port for party, port in self._ports.items() if not self._needs.get(party, set()) & IN_FRONT}

    async def open(self, stack: AsyncExitStack, host: Host, folder: Path, seed: int) -> Wire | None:
        """Open it; None when nothing is needed. It is closed with the stack.

        Raises: ProxyFailed; OSError when a port is taken.
        """
        if not self._needs:
            return None
        wire = Wire(host.world, host.addresses, folder, Random(f"{seed}/wire"))
        stack.push_async_callback(wire.close)
        await wire.open(self._needs, self._ports, record=self._har)
        return wire


def unreachable(scenario: Scenario, *, started: bool, polls: bool, virtual: bool) -> list[str]:
    """Why the faults of a scenario can't strike this target: it must be Crossdock that starts it, to tell it of other
    addresses; what strikes webhooks leaves alone who polls; and in virtual time there is nothing in between, and no
    process.
    """
    if virtual:
        return list(_not_in_virtual_time(scenario))
    places = set().union(*between([scenario]).values())
    reasons = []
    if not started and places & {Place.TLS, Place.ADDRESS}:
        reasons.append("it changes the addresses of the parties, of which a layer that runs elsewhere can't be told")
    if polls and Place.DELIVERY in places:
        reasons.append("it strikes webhooks on their way, and the target reads the event feeds")
    return reasons


def _not_in_virtual_time(scenario: Scenario) -> Iterator[str]:
    if any(between([scenario]).values()):
        yield "it strikes between the layer and the parties, where in virtual time there is nothing"
    if "process" in needed(scenario):
        yield "it ends the layer's process, and in virtual time the layer has none of its own"
    yield from dict.fromkeys(filter(None, (fault_of(document).not_in_virtual_time for document in scenario.faults)))
