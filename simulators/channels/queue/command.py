"""One request from a queue, carried out: by the same contract, idempotency keys and rule as over HTTP.

What is no request that the contract knows (no such operation, no JSON, not as the contract has it, without an id) is
poison: it is answered and set aside; what the rule refuses is answered.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from ....contracts.openapi import Operation, api
from ....contracts.queues import Commands
from ...idempotency import StoredAnswer
from ...interference import Answer as FaultAnswer
from ...interference import Delay, OnTheWire, RequestEffect, Withhold
from ...interference import Message as InterferedMessage
from ...journal import Kind
from ...party import Cause, Party
from ...refusal import Refusal
from ...rules import Call
from ...world import World
from ..http.body import typed
from ..http.problem import kinds, problem
from ..http.waiting import pause
from .asked import Asked, Understood, about, asked
from .broker import BrokerError, Delivery
from .outcome import Outcome
from .record import CommandRecord

# What a fault answers with is as the contract has it, where the contract has a problem for it.
_PROBLEM_OF_FAULT = {401: "unauthenticated", 429: "too-many-requests", 503: "unavailable"}
_encode = msgspec.json.Encoder().encode


class CommandTaker:
    """Carries out what a party is asked over a queue. `client` is in whose name: no message says who sent it."""

    def __init__(self, world: World, party: Party, commands: Commands, client: str) -> None:
        self.world = world
        self.party = party
        self.commands = commands
        self.client = client
        self.record = CommandRecord(world.journal, party.name, commands)
        self._operations = {name: api(party.kind).operations[name] for name in commands.operations}

    async def take(self, delivery: Delivery) -> Outcome:
        """Carry a request out. It is not acknowledged yet, and nobody was told. Raises: BrokerError."""
        request = asked(delivery.message, self._operations, self.client, self.world.lineage)
        request.request.exchange = self.record.asked(request, delivery)
        try:
            operation, understood = request.understood(self._operations)
        except Refusal as refusal:
            return replace(self._refused(request, refusal), poison=refusal.detail)
        try:
            return await self._interfered(delivery, request, operation, understood)
        except Refusal as refusal:
            return self._refused(request, refusal)
        except BrokerError:
            raise
        except Exception as error:
            return self._failed(request, error)

    async def _interfered(
        self, delivery: Delivery, asked: Asked, operation: Operation, understood: Understood
    ) -> Outcome:
        """What carrying it out comes to, with what a fault makes of it. Raises: Refusal, BrokerError."""
        request = asked.request
        message = InterferedMessage(
            "request",
            self.party.name,
            operation.id,
            request.order_id,
            request.client,
            path=request.path,
            about=about(asked, self.world.lineage),
        )
        before = self.world.interference.before(message)
        if before is not None:
            self.record.struck(asked, before)
        if isinstance(before, Withhold):
            return Outcome(asked, "fail", 0, b"", crashes=True, effect=before)
        if isinstance(before, FaultAnswer):
            kind: Kind = "ok" if before.status < 400 else "fail"
            return Outcome(asked, kind, before.status, self._misled(before, asked), effect=before)
        try:
            outcome = await self._carried_out(delivery, asked, operation, understood, before)
        except Refusal as refusal:
            self.world.interference.committed(message, kinds()[refusal.code].status)
            raise
        after = self.world.interference.committed(message, outcome.status)
        if after is None or isinstance(after, OnTheWire):  # no fault of a wire knows the way to a broker
            return outcome
        self.record.struck(asked, after)
        return await self._told_otherwise(delivery, outcome, after)

    async def _carried_out(
        self, delivery: Delivery, asked: Asked, operation: Operation, understood: Understood, delay: Delay | None
    ) -> Outcome:
        """Raises: Refusal when its idempotency key says so, BrokerError."""
        key, request = understood.key, asked.request
        if key is not None:
            fingerprinted = request.path.encode() + b"\n" + request.body
            stored = self.party.idempotency.begin(key, fingerprinted, self.world.clock.wire())
            if stored is not None:
                await self._hold(delivery, delay)
                return self._again(asked, stored)
        try:
            await self._hold(delivery, delay)
            outcome = self._performed(asked, operation, understood)
        except BaseException:
            if key is not None:
                self.party.idempotency.forget(key)
            raise
        if key is not None:
            self.party.idempotency.settle(key, StoredAnswer(outcome.status, (), outcome.body))
        return outcome

    def _performed(self, asked: Asked, operation: Operation, understood: Understood) -> Outcome:
        """The outcome of the operation itself, its refusal included: that is what a repetition gets again."""
        request, body = asked.request, None
        if operation.body is not None and request.payload is not msgspec.UNSET:
            body = typed(request.payload, self.party.rules.operations[operation.id][1])
        cause = Cause(
            channel="queue",
            exchange=request.exchange,
            client=request.client,
            correlation=request.correlation,
            trace=request.trace,
            order_id=request.order_id,
            causation=request.correlation,
        )
        call = Call(body, understood.parameters, request.client, understood.version)
        try:
            performed = self.party.carry_out(operation.id, call, cause)
        except Refusal as refusal:
            return self._refused(asked, refusal)
        return Outcome(asked, "ok", operation.success, performed.octets or _encode(performed.result))

    async def _told_otherwise(self, delivery: Delivery, outcome: Outcome, effect: RequestEffect) -> Outcome:
        """What the caller hears of it, by a fault's will. Raises: BrokerError."""
        unknown: Kind = "info" if outcome.kind == "ok" else outcome.kind
        if isinstance(effect, Withhold):
            return replace(outcome, kind=unknown, crashes=True, effect=effect)
        if isinstance(effect, FaultAnswer):
            body = self._misled(effect, outcome.asked)
            kind = unknown if effect.status >= 400 else outcome.kind
            told = outcome.status
            return replace(outcome, kind=kind, status=effect.status, body=body, effect=effect, instead=told)
        await self._hold(delivery, effect)
        return replace(outcome, effect=effect)

    async def _hold(self, delivery: Delivery, delay: Delay | None) -> None:
        """Wait, and tell the broker on the way that the message is still being worked on. Raises: BrokerError."""
        left = 0.0 if delay is None else delay.seconds
        step = self.commands.requests.acknowledge_within_s / 3
        while left > 0:
            await pause(self.world.clock, min(left, step))
            left -= step
            await delivery.working()

    def _refused(self, asked: Asked, refusal: Refusal) -> Outcome:
        document = problem(refusal, asked.request.exchange)
        return Outcome(asked, "fail", document.status, _encode(document))

    def _failed(self, asked: Asked, error: Exception) -> Outcome:
        """A mistake of ours: told as such, and kept from being counted against the caller."""
        where = f"{self.party.name}.{asked.name}, exchange {asked.request.exchange}"
        self.world.errors.append(f"{where}: {type(error).__name__}: {error}")
        sorry = Refusal("internal-error", "the simulator failed; this is its fault, not yours")
        return replace(self._refused(asked, sorry), kind="info")

    def _misled(self, effect: FaultAnswer, asked: Asked) -> bytes:
        """A fault's answer; with the contract's problem document where the fault says nothing itself."""
        code = _PROBLEM_OF_FAULT.get(effect.status)
        if effect.body or code is None:
            return effect.body
        refusal = Refusal(code, f"{self.party.name} does not take this request now")
        return _encode(problem(refusal, asked.request.exchange))

    def _again(self, asked: Asked, stored: StoredAnswer) -> Outcome:
        kind: Kind = "ok" if stored.status < 400 else "fail"
        return Outcome(asked, kind, stored.status, _octets(stored.body), replayed=True)


def _octets(body: bytes | msgspec.Struct) -> bytes:
    return body if isinstance(body, bytes) else _encode(body)
