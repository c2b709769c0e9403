"""Effects at a partner that takes documents, in files or from a queue: each is put there once, and done when the
partner acknowledges it.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from .calls import Answer, Call, GaveUp, Refused
from .dispatches import Dispatch
from .job import Job, NotYet
from .log import Log
from .paper import Outgoing
from .ports import Outlet, TimedOut, Timing, Unreachable
from .settings import Settings
from .store import Store

SENDINGS_AT_MOST = 3
AT_ONCE = 8  # replies under way
REFUSED = 422  # as an API would have answered


class FileExchange:
    """The outgoing half; one for all partners of an outlet. What comes in is the `Mailboxes`' affair, and the
    `QueueReaders`'.
    """

    def __init__(
        self,
        settings: Settings,
        outlet: Outlet,
        timing: Timing,
        store: Store,
        log: Log,
        acknowledged_within_s: float | None = None,
    ) -> None:
        self._settings, self._outlet, self._timing, self._store, self._log = settings, outlet, timing, store, log
        self._patience_s = settings.acknowledged_within_s if acknowledged_within_s is None else acknowledged_within_s

    async def effect(self, job: Job, key: str, partner: str, outgoing: Outgoing) -> None:
        """Have the document there and acknowledged; returns at once where it is. The first content that was written
        under this key stands, also when it is put there again.

        Raises: NotYet until the partner has said something; Refused when it said no; GaveUp when it could not be
        reached for long.
        """
        effect = self._store.effect(key)
        if effect is not None and effect.status is not None:
            return
        dispatch = self._store.dispatches.newest(key)
        if dispatch is None or (effect is not None and effect.body is None):
            dispatch = self._write(partner, outgoing, key, job.message.order_key)
        call = Call(partner, "PUT", dispatch.name, key=key)
        if dispatch.accepted is None:
            await self._see_that_it_is_sent(dispatch, call)
            raise NotYet(f"{partner} has not acknowledged {dispatch.name} yet")
        if not dispatch.accepted:
            self._store.refused(key)
            raise Refused(call, Answer(REFUSED, {"code": dispatch.code, "detail": dispatch.detail}))
        self._store.happened(key, 200, b"null")
        self._log("effect", party=partner, key=key)

    def is_open(self, partner: str, about: str, key: str) -> bool:
        """Whether the partner has not answered yet what it was asked before about the same, as keys begin with it."""
        return self._store.dispatches.is_open(partner, about, key)

    def reply(self, partner: str, outgoing: Outgoing) -> None:
        """Something that the partner wants to hear and does not acknowledge itself. Sent by `send_replies`."""
        self._write(partner, outgoing, "", "")

    async def send_replies(self, partner: str) -> None:
        """Raises: Unreachable, TimedOut."""
        unsent = self._store.dispatches.unsent(partner)
        for start in range(0, len(unsent), AT_ONCE):
            await asyncio.gather(*(self._put(dispatch) for dispatch in unsent[start : start + AT_ONCE]))

    def _write(self, partner: str, outgoing: Outgoing, key: str, order_key: str) -> Dispatch:
        with self._store.transaction():
            number = self._store.dispatches.next_number(partner, outgoing.series)
            name, content = outgoing.write(number, datetime.fromtimestamp(self._timing.unix(), UTC))
            now = self._timing.unix()
            counts = outgoing.answer_counts
            dispatch = Dispatch(partner, outgoing.series, number, key, order_key, name, content, counts, now)
            self._store.dispatches.keep(dispatch)
            if key:
                self._store.begin(key, content)
        return dispatch

    async def _see_that_it_is_sent(self, dispatch: Dispatch, call: Call) -> None:
        now = self._timing.unix()
        if dispatch.sent_at is not None:
            silent_s = now - dispatch.sent_at
            if silent_s < self._patience_s or dispatch.sendings >= SENDINGS_AT_MOST:
                return  # the same again is the same document: its number, or its name, tells the partner
        elif now - dispatch.written_at > self._settings.reroute_after_s:
            raise GaveUp(call, "out of reach", uncertain=dispatch.uncertain)
        try:
            await self._put(dispatch)
        except (Unreachable, TimedOut) as error:
            self._log("file", call=str(call), result=f"{type(error).__name__} {error}", key=call.key)

    async def _put(self, dispatch: Dispatch) -> None:
        try:
            await self._outlet.put(dispatch.partner, dispatch.name, dispatch.content)
        except TimedOut:
            self._store.dispatches.broke_off(dispatch)
            raise
        self._store.dispatches.sent(dispatch, self._timing.unix())
        kind = dispatch.series or dispatch.name.partition("_")[0]
        self._log("file", partner=dispatch.partner, sent=dispatch.name, kind=kind, key=dispatch.key)
