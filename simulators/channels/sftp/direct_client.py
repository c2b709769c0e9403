"""A partner without a network: for worlds in virtual time, and for tests that are about files and not about SSH.

It makes the same requests as a client on the wire and meets the same checks, limits and faults.
"""

from __future__ import annotations

from .depot import Depot
from .packet import MAX_DATA
from .partner_session import PartnerSession
from .request import (
    Attributes,
    AttributesReply,
    Close,
    DataReply,
    HandleReply,
    NameReply,
    Open,
    OpenFlags,
    OpenFolder,
    Read,
    ReadFolder,
    Remove,
    Rename,
    Reply,
    Request,
    Stat,
    StatusReply,
    Write,
)
from .status import ConnectionCut, FileRefused, Status

_PUT = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE


class DirectClient:
    """A session. Every method raises FileRefused with the server's status, and ConnectionCut once the session is over.

    An async context manager: leaving it ends the session.
    """

    def __init__(self, session: PartnerSession) -> None:
        self._session = session
        self._cut = ""

    @classmethod
    async def log_in(cls, depot: Depot, user: str, password: str) -> DirectClient:
        """Raises: FileRefused PERMISSION_DENIED when it is not let in, FAILURE when it has too many sessions."""
        login = depot.login(user)
        try:
            admitted = await login.password(password)
        except ConnectionCut as cut:
            login.failed(str(cut))
            raise
        if not admitted:
            login.failed("the credentials are wrong")
            raise FileRefused(Status.PERMISSION_DENIED, "login refused")
        login.succeeded("password")
        return cls(depot.open_session(login))

    async def put(self, path: str, content: bytes) -> None:
        """Upload a file in one go."""
        handle = await self.open(path, _PUT)
        for offset in range(0, len(content), MAX_DATA):
            await self.ask(Write(handle, offset, content[offset : offset + MAX_DATA]))
        await self.ask(Close(handle))

    async def get(self, path: str) -> bytes:
        """Download a file in one go."""
        handle = await self.open(path, OpenFlags.READ)
        content = bytearray()
        while True:
            try:
                reply = await self.ask(Read(handle, len(content), MAX_DATA))
            except FileRefused as refused:
                if refused.status is not Status.EOF:
                    raise
                break
            assert isinstance(reply, DataReply)
            content += reply.data
        await self.ask(Close(handle))
        return bytes(content)

    async def names(self, folder: str) -> list[str]:
        """What is in a folder, in the order in which the server says it, without `.` and `..`."""
        opened = await self.ask(OpenFolder(folder.encode()))
        assert isinstance(opened, HandleReply)
        found: list[str] = []
        while True:
            try:
                reply = await self.ask(ReadFolder(opened.handle))
            except FileRefused as refused:
                if refused.status is not Status.EOF:
                    raise
                break
            assert isinstance(reply, NameReply)
            found += (name for name, _ in reply.names if name not in (".", ".."))
        await self.ask(Close(opened.handle))
        return found

    async def stat(self, path: str) -> Attributes:
        reply = await self.ask(Stat(path.encode()))
        assert isinstance(reply, AttributesReply)
        return reply.attributes

    async def rename(self, old: str, new: str, *, replace: bool = False) -> None:
        await self.ask(Rename(old.encode(), new.encode(), replace))

    async def remove(self, path: str) -> None:
        await self.ask(Remove(path.encode()))

    async def open(self, path: str, flags: OpenFlags) -> int:
        """A handle, for `ask`."""
        reply = await self.ask(Open(path.encode(), flags))
        assert isinstance(reply, HandleReply)
        return reply.handle

    async def ask(self, request: Request) -> Reply:
        """Any request of the protocol; its answer when that is no refusal."""
        if self._cut:
            raise ConnectionCut(self._cut)
        try:
            reply = await self._session.perform(request)
        except ConnectionCut as cut:
            self.hang_up(str(cut))
            raise
        if isinstance(reply, StatusReply) and reply.status != Status.OK:
            raise FileRefused(Status(reply.status), reply.text)
        return reply

    def hang_up(self, why: str = "the partner left") -> None:
        """End the session as a lost connection does: what is open is broken off."""
        self._cut = why
        self._session.end(why)

    async def __aenter__(self) -> DirectClient:
        return self

    async def __aexit__(self, *exception: object) -> None:
        self.hang_up()
