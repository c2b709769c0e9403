"""A CRM on real sockets with whatever a fault needs in front of it, and the fault armed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec

from crossdock.scenarios.interference import ArmedFault, Faults
from crossdock.scenarios.scenario import fault_of
from crossdock.scenarios.wire.wire import Wire
from crossdock.scenarios.wire_fault import WireFault
from crossdock.simulators.interference import Message
from crossdock.simulators.journal import Entry
from crossdock.tests.scenarios.wire.clients import Request
from crossdock.tests.simulators.http.site import CASE, Site, open_site

SCENARIO = "some-scenario"
BEGINS = "crossdock.case.changed.v1"


@dataclass
class StruckSite:
    """`armed` is the fault, aimed at the creation of cases, or begun by `begin`."""

    site: Site
    wire: Wire
    faults: Faults
    armed: ArmedFault

    def request(self) -> Request:
        """The request that is struck, to where the layer finds the party."""
        url = f"{self.wire.addresses.get('crm', self.site.url())}/v1/cases"
        return Request(url, self.site.tokens["crm"], msgspec.json.encode(CASE), self.wire.authority)

    async def begin(self) -> None:
        """Have a fault that lasts begin."""
        self.faults.deliver(Message("event", "crm", BEGINS, ""))
        await self.wire.calm()

    @property
    def cases(self) -> int:
        """How many the party has opened."""
        return self.site.state().get("Case", 0)

    async def counted(self, *, cases: int, strikes: int) -> None:
        """Wait until so many have been opened, and so many strikes been told."""
        wanted = (cases, strikes)
        what = f"there are {cases} cases and {strikes} strikes"
        await self.site.until(lambda: (self.cases, len(self.strikes())) == wanted, what)

    def strikes(self) -> list[Entry]:
        return self.site.journal(self.armed.id, "fault")


@asynccontextmanager
async def struck_site(folder: Path, fault: str, **parameters: object) -> AsyncIterator[StruckSite]:
    """Open it, all healthy but for the fault."""
    async with open_site({"crm": "crm"}) as site:
        wire = Wire(site.world, {"crm": site.url()}, folder, Random(1))
        kind = fault_of({"fault": fault, "party": "crm", **parameters})
        assert isinstance(kind, WireFault)
        await wire.open({"crm": {kind.place}})
        faults = Faults(site.world, lambda _order_id: (SCENARIO, "A"), wire=wire)
        armed = ArmedFault(SCENARIO, fault, kind)
        faults.arm(armed)
        site.interfere(faults)
        site.tokens["crm"] = await site.token()
        try:
            yield StruckSite(site, wire, faults, armed)
        finally:
            await wire.close()
