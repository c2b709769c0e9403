"""connection-reset: the connection breaks with a reset, before or after the request was carried out."""

from __future__ import annotations

from ...simulators.interference import AnswerEffect, Message, RequestEffect, Withhold
from ..fault import faults
from ..wire.rule import Cut, Rule
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import ConnectionFault

# The connection is gone at once; the party's server notices within a moment.
NOTICED_S = 5.0


@faults.register("connection-reset")
class ConnectionReset(ConnectionFault):
    """The connection over which the addressed request came is reset (RST). The party has carried it out, and
    `after_octets` of the answer have gone out; or, with `before_commit`, it has done nothing yet.

    A reset says nothing about whether the request was carried out. A layer must repeat it with the same idempotency
    key, over a new connection, and neither do it twice nor give it up (E1, E3).
    """

    after_octets: int = 0
    before_commit: bool = False

    def rule(self) -> Rule:
        return Cut(self.after_octets, reset=True)

    def asked(self, wire: Wire, message: Message, strike: Strike) -> RequestEffect | None:
        line = wire.line(message)
        if not self.before_commit or line is None:
            return None
        line.reset()
        strike.count()
        return Withhold(NOTICED_S, strike.fault)

    def answered(self, wire: Wire, message: Message, status: int, strike: Strike) -> AnswerEffect | None:
        return None if self.before_commit else super().answered(wire, message, status, strike)
