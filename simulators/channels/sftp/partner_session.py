"""What one partner does in one session: each request is performed, one after the other, and answered.

It needs no connection: a server (ssh_session.py) reads requests off the wire, a world in virtual time makes them itself
(direct_client.py).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from . import changing, looking, transferring
from .desk import Desk
from .request import (
    AskLimits,
    Close,
    Flush,
    HandleSetStat,
    HandleStat,
    Link,
    MakeFolder,
    Open,
    OpenFolder,
    Read,
    ReadFolder,
    RealPath,
    Remove,
    RemoveFolder,
    Rename,
    Reply,
    Request,
    SetStat,
    Space,
    Stat,
    StatusReply,
    Unknown,
    Write,
)
from .status import ConnectionCut, FileRefused, Status

_PERFORM: dict[type, Callable[[Desk, Any], Awaitable[Reply]]] = {
    Open: transferring.open_file,
    Close: transferring.close,
    Read: transferring.read,
    Write: transferring.write,
    Flush: transferring.flush,
    SetStat: transferring.set_stat,
    HandleSetStat: transferring.handle_set_stat,
    Stat: looking.stat,
    HandleStat: looking.handle_stat,
    OpenFolder: looking.open_folder,
    ReadFolder: looking.read_folder,
    RealPath: looking.real_path,
    Link: looking.link,
    Space: looking.space,
    AskLimits: looking.ask_limits,
    Rename: changing.rename,
    Remove: changing.remove,
    MakeFolder: changing.make_folder,
    RemoveFolder: changing.remove_folder,
}


class PartnerSession:
    """One session at one desk. `login` is the exchange of the login in the journal; `on_end` is called once."""

    def __init__(self, desk: Desk, login: int, on_end: Callable[[], None]) -> None:
        self._desk = desk
        self._login = login
        self._on_end = on_end
        self._ended = False
        desk.mailbox.inbox.sessions.add(desk.session)

    async def perform(self, request: Request) -> Reply:
        """The answer. Raises: ConnectionCut when a fault has it that there is none."""
        desk = self._desk
        desk.counts[type(request).__name__] += 1
        if isinstance(request, Unknown):
            return StatusReply(Status.OP_UNSUPPORTED, f"not served here: {request.name}")
        desk.mailbox.in_progress += 1
        try:
            return await _PERFORM[type(request)](desk, request)
        except FileRefused as refused:
            return StatusReply(refused.status, refused.text)
        except ConnectionCut:
            raise
        except Exception as error:  # a bug of ours must end in HARNESS_ERROR, and never be counted against the partner
            self._report(type(request).__name__, error)
            return StatusReply(Status.FAILURE, "the simulator failed; this is its fault, not yours")
        finally:
            desk.mailbox.in_progress -= 1

    def end(self, why: str) -> None:
        """The session is over; whatever was open is as good as broken off. Nothing the second time."""
        if self._ended:
            return
        self._ended = True
        desk = self._desk
        self._on_end()
        try:
            transferring.end_all(desk, why)
            desk.mailbox.inbox.session_ended(desk.session)
        except Exception as error:  # whoever calls this has a connection to close, and nobody to tell
            self._report("the end of a session", error)
        desk.record.noted("logout", desk.user, self._login, why=why, requests=dict(sorted(desk.counts.items())))

    def _report(self, where: str, error: Exception) -> None:
        desk = self._desk
        desk.mailbox.provider.report(
            f"{desk.mailbox.provider.name}, {where} of {desk.user}: {type(error).__name__}: {error}"
        )
