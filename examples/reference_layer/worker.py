"""Works off the inbox: the events of one order one after the other, different orders at the same time."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import msgspec

from .calls import Calls, Refused
from .dead_letters import REPLAYED, SET_ASIDE, Verdict
from .documents import Event, Knowledge
from .erps import ERP
from .job import Job
from .log import Log
from .ports import Timing
from .settings import CLOUD_ERP, WAREHOUSES, Settings
from .store import Message, Store

if TYPE_CHECKING:
    from .layer import Parts
    from .warehouses import Warehouses

LOOK_S, REST_AT_MOST_S = 0.05, 1.0
LONGEST_KEY = 60  # a case takes it into its own reference, of 100 characters
OWN = "layer"  # the source of the layer's events to itself


class Handler(Protocol):
    """A workflow. A repetition begins at its beginning; what was done before stands in the outbox."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet, Refused, GaveUp, msgspec.ValidationError."""


Handlers = Mapping[tuple[str, str], Handler]  # by kind of party and type of event


def kind(party: str) -> str:
    return "warehouse" if party in WAREHOUSES else ERP if party == CLOUD_ERP else party


def subject_key(party: str, event: Event) -> str:
    """What events must be worked off one after the other: those of an order, a customer, an item, or of what one
    warehouse tells of stock. Only an order's has no colon.
    """
    data = event.data
    about = data.get("orderId") or data.get("externalReference")
    if not about:
        match event.type.split(".")[1:3]:
            case ["account", _]:
                about = f"account:{data.get('accountId')}"
            case ["item", _]:
                about = f"item:{data.get('sku')}"
            case ["inventory", "snapshot"]:
                about = f"counts:{party}"
            case _:
                about = f"{party}:{event.id}"
    about = str(about)
    return about if len(about) <= LONGEST_KEY else f"{about[: LONGEST_KEY - 9]}~{_digest(about)}"


def _digest(about: str) -> str:
    return hashlib.sha256(about.encode()).hexdigest()[:8]


class Worker:
    """One task for each order that has something waiting; none where there is nothing to do."""

    def __init__(
        self,
        settings: Settings,
        timing: Timing,
        store: Store,
        log: Log,
        calls: Calls,
        warehouses: Warehouses,
        parts: Parts,
        handlers: Handlers,
    ) -> None:
        self._settings, self._timing, self._store, self._log = settings, timing, store, log
        self._calls, self._warehouses, self._parts, self._handlers = calls, warehouses, parts, handlers
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._first_tried: dict[int, float] = {}
        self._nudged: set[str] = set()
        self._over = False

    def start(self) -> None:
        """Go on with what a former process left."""
        for order_key in self._store.waiting_orders():
            self._wake(order_key)

    async def stop(self) -> None:
        """What is kept from now on waits in the inbox for the next start."""
        self._over = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def accept(self, party: str, body: bytes) -> bool:
        """Keep an event of a party; False when it is known already, or nothing that the layer acts upon.

        Raises: msgspec.DecodeError when it is no CloudEvent.
        """
        event = self._parts.reading.event(body)
        if event is None or (kind(party), event.type) not in self._handlers:
            return False
        order_key = subject_key(party, event)
        new = self._store.receive(party, self._parts.recognition.message_id(event), order_key, body)
        if new:
            self._wake(order_key)
        return new

    async def replay(self, number: int) -> None:
        """Try a dead letter again and wait for what becomes of it."""
        message = self._store.message(number)
        if message is not None and self._store.replay(number):
            self._wake(message.order_key)
            while (message := self._store.message(number)) and message.state == "waiting":
                await self._timing.sleep(LOOK_S)

    def nudge(self, order_key: str) -> None:
        """What an order has been waiting for may have come: try at once."""
        self._nudged.add(order_key)

    def _wake(self, order_key: str) -> None:
        if order_key not in self._tasks and not self._over:
            self._tasks[order_key] = asyncio.get_running_loop().create_task(self._work_off(order_key))

    async def _work_off(self, order_key: str) -> None:
        rests: dict[int, tuple[float, float]] = {}  # message → when it is tried again, and the rest after that
        while waiting := self._store.waiting(order_key):
            progress = order_key in self._nudged
            self._nudged.discard(order_key)
            if progress:
                rests.clear()
            for message in waiting:
                due, rest_s = rests.get(message.number, (0.0, LOOK_S))
                if self._timing.monotonic() >= due:
                    progress = await self._settled(message) or progress
                    rests[message.number] = self._timing.monotonic() + rest_s, min(2 * rest_s, REST_AT_MOST_S)
            if progress:
                rests.clear()  # it may be just what the others waited for
            else:
                await self._timing.sleep(LOOK_S)
        del self._tasks[order_key]

    async def _settled(self, message: Message) -> bool:
        """Try a message once; False when it is to be tried again."""
        event = msgspec.json.decode(message.event, type=Event)
        knowledge = self._store.knowledge(message.order_key)
        order = msgspec.json.decode(knowledge, type=Knowledge) if knowledge else Knowledge()
        job = Job(message, event, order, self._calls, self._warehouses, self._parts, self._settings)
        result, reason = "done", ""
        try:
            await self._handlers[kind(message.source), event.type].handle(job)
        except Exception as error:
            verdict, reason = self._verdict(message, error), f"{type(error).__name__}: {error}"
            if verdict is Verdict.AGAIN:
                self._store.tried(message)
                return False
            result = verdict.value
        with self._store.transaction():
            if not reason:
                self._store.settle(message, msgspec.json.encode(order))
                if message.replays and not self._store.dead(message.order_key):
                    self._tell_itself(REPLAYED, job, "")
            elif result == Verdict.SET_ASIDE.value:
                self._store.set_aside(message, reason, self._timing.unix())
                self._tell_itself(SET_ASIDE, job, reason)
            else:
                self._store.forget(message)
        self._first_tried.pop(message.number, None)
        ids = {"party": message.source, "type": event.type, "id": event.id, "order": message.order_key}
        self._log("event", result=result, reason=reason, **ids)
        return True

    def _verdict(self, message: Message, error: Exception) -> Verdict:
        now = self._timing.monotonic()
        waited_s = now - self._first_tried.setdefault(message.number, now)
        if message.source == OWN:  # a dead letter about a dead letter would help nobody
            return Verdict.FORGET if isinstance(error, Refused) else Verdict.AGAIN
        return self._parts.errors.verdict(error, waited_s, self._settings.give_up_s)

    def _tell_itself(self, event_type: str, about: Job, reason: str) -> None:
        """An event of the layer's own: so the case for a dead letter is opened and closed as surely as all else."""
        message, event = about.message, about.event
        known_to_the_crm = message.source == "crm" or about.order.order_id
        data = {
            "subject": f"{event.type} from {message.source} cannot be processed",
            "description": f"Event {event.id}: {reason}"[:4000],
            "orderId": message.order_key if ":" not in message.order_key and known_to_the_crm else "",
        }
        own_id = f"{event_type}:{message.number}:{message.replays}"
        own = msgspec.structs.replace(event, id=own_id, source=OWN, type=event_type, data=data)
        self._store.receive(OWN, own_id, message.order_key, msgspec.json.encode(own))
