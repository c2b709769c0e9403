"""What partners put there for us: each file once, in the order of its name, and only whole ones."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping

import msgspec

from .file_exchange import FileExchange
from .log import Log
from .paper import Incoming, Incomplete, Paper, Told, Unreadable, Verdict
from .ports import Files, TimedOut, Timing, Unreachable
from .settings import Settings
from .store import Store
from .worker import Worker

ANSWERED = "warehouse.answered"  # a refusal that came after the document counted as taken
UNREADABLE = "warehouse.file-unreadable"
AT_ONCE = 8  # files under way


class Mailboxes:
    """Looks into one partner's folder after the other's, for as long as the layer lives."""

    def __init__(
        self,
        settings: Settings,
        files: Files,
        papers: Mapping[str, Paper],
        exchange: FileExchange,
        worker: Worker,
        timing: Timing,
        store: Store,
        log: Log,
    ) -> None:
        self._settings, self._files, self._papers, self._exchange = settings, files, papers, exchange
        self._worker, self._timing, self._store, self._log = worker, timing, store, log
        self._incomplete_since: dict[tuple[str, str], float] = {}
        self._seen: set[str] = set()

    def are_there(self) -> bool:
        """Whether every partner's folder has been looked into."""
        return self._seen == set(self._papers)

    async def keep(self) -> None:
        """Runs until it is cancelled."""
        await asyncio.gather(*(self._keep(partner) for partner in self._papers))

    async def _keep(self, partner: str) -> None:
        while True:
            try:
                await self.look(partner)
                self._seen.add(partner)
            except (Unreachable, TimedOut) as error:
                self._log("mailbox", partner=partner, result=f"{type(error).__name__} {error}")
            await self._timing.sleep(self._settings.look_s)

    async def look(self, partner: str) -> None:
        """Take in what lies there, some files at a time. Raises: Unreachable, TimedOut."""
        names = sorted(await self._files.names(partner))
        for start in range(0, len(names), AT_ONCE):
            await self._take_some(partner, names[start : start + AT_ONCE])
        await self._exchange.send_replies(partner)

    async def _take_some(self, partner: str, names: list[str]) -> None:
        """Fetched and archived at once, but acted upon one after the other. Raises: Unreachable, TimedOut."""
        contents = await asyncio.gather(*(self._files.fetch(partner, name) for name in names), return_exceptions=True)
        done: list[str] = []
        for name, content in zip(names, contents, strict=True):
            if isinstance(content, BaseException):
                break
            incoming = self._read(partner, name, content)
            if incoming is not None:
                self._take_in(partner, name, incoming, content)
                done.append(name)
        await asyncio.gather(*(self._files.finish(partner, name) for name in done))
        for failure in contents:
            if isinstance(failure, BaseException):
                raise failure

    def _read(self, partner: str, name: str, content: bytes) -> Incoming | None:
        """What a file says; None while it may still be being written."""
        try:
            return self._papers[partner].read(name, content)
        except Incomplete as error:
            if not self._overdue(partner, name):
                return None
            return Incoming(rejected=[f"{name}: {error}"])
        except Unreadable as error:
            return Incoming(rejected=[f"{name}: {error}"])

    def _overdue(self, partner: str, name: str) -> bool:
        now = self._timing.monotonic()
        since = self._incomplete_since.setdefault((partner, name), now)
        return now - since > self._settings.incomplete_for_s

    def _take_in(self, partner: str, name: str, incoming: Incoming, content: bytes) -> None:
        """All that a file says, or nothing: after a break it is read once more, and what is known is known."""
        with self._store.transaction():
            if self._is_other(partner, incoming, content):
                incoming = Incoming(rejected=[f"{name}: number {incoming.number} came before and said something else"])
            for told in incoming.told:
                self._accept(partner, told)
            for verdict in incoming.verdicts:
                self._judged(partner, verdict)
            for number, problem in enumerate(incoming.rejected):
                self._accept(partner, Told(UNREADABLE, f"{name}:{number}", {"problem": problem}))
            for reply in incoming.replies:
                self._exchange.reply(partner, reply)
        counts = {"told": len(incoming.told), "verdicts": len(incoming.verdicts), "rejected": len(incoming.rejected)}
        self._log("mailbox", partner=partner, file=name, **counts)

    def _is_other(self, partner: str, incoming: Incoming, content: bytes) -> bool:
        """Whether the partner has used the file's number for two documents: which is right only people can tell."""
        if incoming.number is None:
            return False
        digest = hashlib.sha256(content).hexdigest()
        return self._store.arrivals.is_other(partner, incoming.series, incoming.number, digest)

    def _accept(self, partner: str, told: Told) -> None:
        event = {
            "id": f"{told.type}:{told.key}"[:100],
            "source": partner,
            "type": told.type,
            "subject": told.key,
            "sequence": told.data.get("sequence", 0),
            "data": told.data,
        }
        self._worker.accept(partner, msgspec.json.encode(event))

    def _judged(self, partner: str, verdict: Verdict) -> None:
        dispatch = self._store.dispatches.numbered(partner, verdict.series, verdict.number)
        if dispatch is None or not dispatch.key:
            return  # of a document that we never sent: nothing follows from it
        if not verdict.final and dispatch.answer_counts:
            return  # it could be read; what counts is still to come
        known = self._store.effect(dispatch.key)
        if known is not None and known.status is not None:
            if not verdict.accepted:
                data = {
                    "orderId": verdict.order_id or dispatch.order_key,
                    "key": dispatch.key,
                    "code": verdict.code,
                    "detail": verdict.detail,
                }
                self._accept(partner, Told(ANSWERED, f"{dispatch.series}:{dispatch.number}", data))
            return
        code, detail = verdict.code, verdict.detail
        self._store.dispatches.judged(dispatch, accepted=verdict.accepted, code=code, detail=detail)
        self._worker.nudge(dispatch.order_key)
