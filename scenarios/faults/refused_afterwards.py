"""refused-afterwards: a request is acknowledged, and refused later."""

from __future__ import annotations

from ...simulators.channels.files.interference import RefusedAfterwards
from ...simulators.interference import Message
from ..fault import faults
from ..file_fault import RequestFault


@faults.register("refused-afterwards")
class RefusedLater(RequestFault):
    """The addressed request is acknowledged (997, or an accepting pick_ack) and not carried out; `after_h` business
    hours later the warehouse refuses it with the problem code `code`, by an 824 or a second pick_ack.

    An acknowledgement says that something could be read, not that it will be done. A layer must take the later word,
    and have another warehouse send the goods, or tell people (E3); the goods must go out once (Q2).
    """

    code: str = "capacity-exceeded"
    after_h: float = 4.0

    def read(self, message: Message) -> RefusedAfterwards:
        why = f"{self.party} does not take it after all"
        return RefusedAfterwards("refused-afterwards", self.code, why, self.after_h)
