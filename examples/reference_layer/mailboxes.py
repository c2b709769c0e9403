"""What partners put there for us: each file once, in the order of its name, and only whole ones."""

from __future__ import annotations

import asyncio
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
        """Take in what lies there. Raises: Unreachable, TimedOut."""
        for name in sorted(await self._files.names(partner)):
            content = await self._files.fetch(partner, name)
            try:
                incoming = self._papers[partner].read(name, content)
            except Incomplete as error:
                if not self._overdue(partner, name):
                    continue  # it may still be being written
                incoming = Incoming(rejected=[f"{name}: {error}"])
            except Unreadable as error:
                incoming = Incoming(rejected=[f"{name}: {error}"])
            self._take_in(partner, name, incoming)
            await self._files.finish(partner, name)
        await self._exchange.send_replies(partner)

    def _overdue(self, partner: str, name: str) -> bool:
        now = self._timing.monotonic()
        since = self._incomplete_since.setdefault((partner, name), now)
        return now - since > self._settings.incomplete_for_s

    def _take_in(self, partner: str, name: str, incoming: Incoming) -> None:
        """All that a file says, or nothing: after a break it is read once more, and what is known is known."""
        with self._store.transaction():
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
