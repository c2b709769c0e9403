"""What stands for us in queues of a broker: each message once, acknowledged when what it says is on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from .log import Log
from .patience import RetryPolicy
from .ports import Queues, Received, TimedOut, Timing, Unreachable
from .settings import Inlet, Settings
from .store import Store
from .worker import Worker

EVENT = "application/cloudevents+json"


class Unusable(Exception):
    """The message is not what it should be, and will not be the next time either."""


class Acknowledgement:
    """When a message is acknowledged, and what becomes of one that can't be used."""

    async def take(self, received: Received, keep: Callable[[], None]) -> None:
        """Raises: Unreachable, TimedOut; the message comes again then."""
        try:
            keep()
        except Unusable as error:
            await received.refuse(str(error))
        else:
            await received.acknowledge()


class QueueReaders:
    """A task for each of our queues, for as long as the layer lives."""

    def __init__(
        self,
        settings: Settings,
        queues: Queues,
        worker: Worker,
        timing: Timing,
        store: Store,
        log: Log,
        retries: RetryPolicy,
        acknowledgement: Acknowledgement,
    ) -> None:
        self._settings, self._queues, self._worker, self._timing = settings, queues, worker, timing
        self._store, self._log, self._retries, self._acknowledgement = store, log, retries, acknowledgement
        self._read: set[Inlet] = set()

    def are_there(self) -> bool:
        """Whether every queue has been looked into."""
        return self._read == set(self._settings.inlets)

    async def keep(self) -> None:
        """Runs until it is cancelled."""
        await asyncio.gather(*(self._keep(inlet) for inlet in self._settings.inlets))

    async def _keep(self, inlet: Inlet) -> None:
        while True:
            try:
                await self.look(inlet)
            except (Unreachable, TimedOut) as error:
                self._log("queue", queue=inlet.queue, result=f"{type(error).__name__} {error}")
                await self._timing.sleep(self._settings.look_s)

    async def look(self, inlet: Inlet) -> None:
        """Take what stands there, or wait for a while that something comes. Raises: Unreachable, TimedOut."""
        messages = await self._queues.receive(inlet)
        self._read.add(inlet)
        for received in messages:
            keep = self._event if inlet.events else self._reply
            await self._acknowledgement.take(received, lambda keep=keep, received=received: keep(inlet.party, received))

    def _event(self, party: str, received: Received) -> None:
        """Raises: Unusable."""
        media_type = received.headers.get("content-type", "").partition(";")[0].strip()
        if media_type != EVENT:
            raise Unusable(f"an event comes as {EVENT}, not as {media_type or 'nothing'}")
        try:
            self._worker.accept(party, received.body)
        except msgspec.DecodeError as error:
            raise Unusable(f"this is no CloudEvent: {error}") from error

    def _reply(self, warehouse: str, received: Received) -> None:
        """What a warehouse says of a request of ours; the first word on it stands. Raises: Unusable."""
        name = received.headers.get("correlation-id", "")
        status, problem = _answer(received)
        dispatch = self._store.dispatches.named(warehouse, name)
        self._log("queue", partner=warehouse, reply=name, status=status, code=problem.code)
        if dispatch is None or dispatch.accepted is not None:
            return
        if self._retries.again(status, problem.code):
            self._store.dispatches.to_be_repeated(dispatch)
            return
        self._store.dispatches.judged(dispatch, accepted=status < 400, code=problem.code, detail=problem.detail)
        self._worker.nudge(dispatch.order_key)


class _Problem(msgspec.Struct, frozen=True):
    """As much of a problem document (RFC 9457) as is acted upon."""

    code: str = ""
    detail: str = ""


def _answer(received: Received) -> tuple[int, _Problem]:
    """Status and problem of a reply. Raises: Unusable."""
    status = received.headers.get("status", "")
    if not (status.isdecimal() and len(status) == 3):
        raise Unusable(f"a reply has a status, not {status!r}")
    try:
        said = msgspec.json.decode(received.body, type=_Problem)
    except msgspec.DecodeError as error:
        raise Unusable(f"this is no reply: {error}") from error
    return int(status), said if int(status) >= 400 else _Problem()
