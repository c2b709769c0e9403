"""connect-timeout: an attempt to connect gets no answer."""

from __future__ import annotations

from collections.abc import Callable

from ..fault import faults
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import LineFault


@faults.register("connect-timeout")
class ConnectTimeout(LineFault):
    """From the addressed event on, for `for_s` seconds, who connects to the party is neither let in nor refused. It is
    as with a firewall that drops packets; connections that were open break.

    Such an attempt can take minutes by itself. A layer must bound it (R2), go on with other parties meanwhile, and
    catch up when the party can be reached again (R1, E3).
    """

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        relay = wire.relays[self.party]
        relay.deafen()
        relay.reset_all()
        strike.count()  # nobody sees the packets that are dropped; the entry that it began says the rest
        return relay.accept
