"""Replies to requests from a queue: published before the request is acknowledged, so that none is ever lost by us.

A fault may lose a reply, double it, delay it, or put garbage in its place. A delayed one goes out when its time comes,
and holds nothing up.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from ...interference import Message as InterferedMessage
from ...interference import Sending
from ...world import World
from .asked import OPERATION, about
from .broker import Broker, BrokerError
from .command import CommandTaker
from .link import ended
from .message import JSON, PROBLEM, Message
from .outcome import Outcome

# Seconds on the wire before a delayed reply is published again whose broker could not be reached.
AGAIN_S = 0.25


class Replies:
    """What the requests of one queue are answered with."""

    def __init__(self, world: World, broker: Broker, taker: CommandTaker) -> None:
        self._world = world
        self._broker = broker
        self._taker = taker
        self._late: set[asyncio.Task[None]] = set()

    async def send(self, outcome: Outcome, request: Message, key: str) -> bool:
        """Publish the reply; whether the caller can know by it what became of its request. Raises: BrokerError."""
        sendings = self._sendings(outcome)
        for sending in sendings:
            reply = self._reply(outcome, request, key, sending)
            if sending.after > 0:
                self._later(sending.after, reply)
            else:
                for _ in range(2 if sending.unheard else 1):  # told nothing of the first, the party sends it again
                    await self._broker.publish(self._taker.commands.replies, reply)
        return any(sending.payload is None for sending in sendings)

    async def close(self) -> None:
        """Send nothing more."""
        await ended(*self._late)

    def _sendings(self, outcome: Outcome) -> tuple[Sending, ...]:
        party, request = self._taker.party.name, outcome.asked.request
        found = self._world.interference.deliver(
            InterferedMessage(
                "reply",
                party,
                outcome.asked.name,
                request.order_id,
                request.client,
                about=about(outcome.asked, self._world.lineage),
            )
        )
        if found is None:
            return (Sending(),)
        self._taker.record.reply_struck(outcome.asked, found)
        return found.sendings

    def _reply(self, outcome: Outcome, request: Message, key: str, sending: Sending) -> Message:
        headers = {"status": str(outcome.status)}
        asked = outcome.asked
        if asked.named:
            headers[OPERATION] = asked.named
        if outcome.replayed:
            headers["idempotent-replayed"] = "true"
        if asked.request.correlation:
            headers["x-correlation-id"] = asked.request.correlation
        if asked.request.trace:
            headers["traceparent"] = asked.request.trace
        reply = Message(
            body=outcome.body,
            id=self._world.ids.next("RE"),
            key=key,
            content_type=JSON if outcome.status < 400 else PROBLEM,
            correlation_id=request.correlation_id or request.id,
            headers=headers,
        )
        return reply if sending.payload is None else replace(reply, body=sending.payload)

    def _later(self, seconds: float, reply: Message) -> None:
        task = asyncio.ensure_future(self._publish(seconds, reply))
        self._late.add(task)
        self._world.in_flight += 1

        def over(done: asyncio.Task[None]) -> None:
            self._late.discard(done)
            self._world.in_flight -= 1

        task.add_done_callback(over)

    async def _publish(self, seconds: float, reply: Message) -> None:
        """After so long on the wire clock, for as long as it takes."""
        due = asyncio.Event()
        timer = self._world.clock.after(seconds, due.set)
        try:
            await due.wait()
            while True:
                try:
                    await self._broker.publish(self._taker.commands.replies, reply)
                    return
                except BrokerError as error:
                    if error.lasting:
                        return
                await asyncio.sleep(AGAIN_S)
        finally:
            timer.cancel()
