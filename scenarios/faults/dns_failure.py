"""dns-failure: the address that the layer was given does not resolve."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from ...simulators.journal import Entry
from ..fault import faults
from ..wire.place import Place
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import LineFault

# RFC 6761, 6.4: names below `invalid` are sure not to exist.
NOWHERE = "http://{party}.crossdock.invalid"
# A layer that does nothing for so long after it was started will not do anything.
ALIVE_WITHIN_S = 15.0


@faults.register("dns-failure")
class DnsFailure(LineFault):
    """From the addressed event on, the layer runs with an address of the party that no name server knows
    (`http://erp.crossdock.invalid`), for `for_s` seconds from its first sign of life. Crossdock stops it and starts it
    again for that, before and after, as after a wrong entry in a configuration: so it strikes only a layer that
    Crossdock starts and that claims `restart`.

    A layer must start though a partner can't be found, take what it is told, keep it, let somebody know (X2), and do it
    when the partner is there (R1, E3, E1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})
    place: ClassVar[Place] = Place.ADDRESS

    @property
    def at_most_s(self) -> float:
        return ALIVE_WITHIN_S + self.for_s

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        readdress = wire.readdress
        if readdress is None:
            raise ValueError("dns-failure needs a layer that Crossdock starts itself")
        away = [False]

        def at_work(entry: Entry) -> None:
            """That it runs without the party is seen when it takes an event, or calls another."""
            told = entry.channel == "webhook" and entry.kind == "ok"
            if away[0] and (told or (entry.channel == "http" and entry.kind == "invoke")):
                wire.watchers.remove(at_work)
                wire.world.clock.after(self.for_s, lambda: self.cease(wire))
                strike(order_known=False, place="address", address=address)

        async def lose() -> None:
            await readdress({self.party: address})
            away[0] = True

        async def find() -> None:
            away[0] = False
            await readdress({})

        address = NOWHERE.format(party=self.party)
        wire.watchers.append(at_work)
        wire.soon(lose())
        return lambda: wire.soon(find())
