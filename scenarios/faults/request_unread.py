"""request-unread: the warehouse says that it could not read a good request."""

from __future__ import annotations

from ...simulators.channels.files.interference import NotRead
from ...simulators.interference import Message
from ..fault import faults
from ..file_fault import RequestFault


@faults.register("request-unread")
class RequestUnread(RequestFault):
    """The addressed request is answered as one that could not be read, by a rejecting 997 or an error file, and is not
    carried out; a later one is taken as usual.

    So it is while a partner's translation is broken. A layer must look at what an acknowledgement says, send the
    request again under a new number, or tell people (E3).
    """

    def read(self, message: Message) -> NotRead:
        return NotRead("request-unread")
