"""interchange-refused: the warehouse refuses a whole interchange by a TA1, and no 997 ever comes."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.channels.files.interference import NotRead
from ...simulators.interference import Message
from ..fault import faults
from ..file_fault import RequestFault


@faults.register("interchange-refused")
class InterchangeRefused(RequestFault):
    """The interchange with the addressed request is refused by a TA1 that says R (note 024: invalid content), though
    nothing is wrong with it. Nothing of it is carried out, of whatever orders, and there will be no 997; a later one is
    taken as usual.

    So it is when a partner's gateway is set up anew and does not know the sender yet. A layer must read the TA1, which
    stands outside of any group, send the request again under a new number, or tell people (E3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"x12"})

    def read(self, message: Message) -> NotRead:
        return NotRead("interchange-refused", "the interchange is refused", whole=True)
