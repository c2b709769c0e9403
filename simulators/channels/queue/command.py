"""One request from a queue, carried out: by the same contract, idempotency keys and rule as over HTTP.

A message is read as the HTTP request that it stands for, so that whatever is wrong with it is found and said in the
same words. What is no such request at all (no JSON, not as the contract has it, without an id) is poison: it is
answered and set aside; what the rule refuses is answered.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from ....contracts.openapi import Operation, api
from ....contracts.queues import Command
from ...idempotency import Key, StoredAnswer
from ...interference import Answer as FaultAnswer
from ...interference import Delay, RequestEffect, Withhold
from ...interference import Message as InterferedMessage
from ...journal import Kind
from ...party import Cause, Party
from ...refusal import Refusal
from ...rules import Call
from ...world import World
from ..http.body import check_body, sound, typed
from ..http.exchange import MAX_BODY, Request
from ..http.parameters import idempotency_key
from ..http.problem import problem
from ..http.waiting import pause
from .broker import BrokerError, Delivery
from .message import Message
from .outcome import Outcome
from .record import CommandRecord

JSON, PROBLEM = "application/json", "application/problem+json"
# What a fault answers with is as the contract has it, where the contract has a problem for it.
_PROBLEM_OF_FAULT = {401: "unauthenticated", 429: "too-many-requests", 503: "unavailable"}
_encode = msgspec.json.Encoder().encode


class CommandTaker:
    """Carries out one command of a party. `client` is in whose name: a message says nothing about who sent it."""

    def __init__(self, world: World, party: Party, command: Command, client: str) -> None:
        self.world = world
        self.party = party
        self.command = command
        self.client = client
        self.record = CommandRecord(world.journal, party.name, command)
        self._operation: Operation = api(party.kind).operations[command.operation]

    async def take(self, delivery: Delivery) -> Outcome:
        """Carry a request out. It is not acknowledged yet, and nobody was told. Raises: BrokerError."""
        request = self.read(delivery.message)
        request.exchange = self.record.asked(request, delivery)
        try:
            check_body(self._operation, request)
            key = idempotency_key(self._operation, request)
        except Refusal as refusal:
            return replace(self._refused(request, refusal), poison=refusal.detail)
        try:
            return await self._interfered(delivery, request, key)
        except Refusal as refusal:
            return self._refused(request, refusal)
        except BrokerError:
            raise
        except Exception as error:
            return self._failed(request, error)

    def read(self, message: Message) -> Request:
        """The HTTP request that a message stands for."""
        headers = {name.lower().encode("latin-1", "replace"): value.encode() for name, value in message.headers.items()}
        headers[b"content-type"] = (message.content_type or JSON).encode()
        headers.setdefault(b"idempotency-key", message.id.encode())
        too_large = len(message.body) > MAX_BODY
        body = b"" if too_large else message.body
        request = Request(self._operation.method.upper(), self._operation.path, b"", headers, body, too_large=too_large)
        request.client = self.client
        payload = request.payload if isinstance(request.payload, dict) else None
        request.order_id = self.world.lineage.trace(payload)
        request.sound = sound(self._operation, request)
        return request

    async def _interfered(self, delivery: Delivery, request: Request, key: Key | None) -> Outcome:
        """What carrying it out comes to, with what a fault makes of it. Raises: Refusal, BrokerError."""
        message = InterferedMessage(
            "request", self.party.name, self._operation.id, request.order_id, request.client, path=request.path
        )
        before = self.world.interference.before(message)
        if before is not None:
            self.record.struck(request, before)
        if isinstance(before, Withhold):
            return Outcome(request, "fail", 0, b"", crashes=True, effect=before)
        if isinstance(before, FaultAnswer):
            kind: Kind = "ok" if before.status < 400 else "fail"
            return Outcome(request, kind, before.status, self._misled(before, request), effect=before)
        outcome = await self._carried_out(delivery, request, key, before)
        after = self.world.interference.committed(message, outcome.status)
        if after is None:
            return outcome
        self.record.struck(request, after)
        return await self._told_otherwise(delivery, outcome, after)

    async def _carried_out(self, delivery: Delivery, request: Request, key: Key | None, delay: Delay | None) -> Outcome:
        """Raises: Refusal when its idempotency key says so, BrokerError."""
        if key is not None:
            fingerprinted = request.path.encode() + b"\n" + request.body
            stored = self.party.idempotency.begin(key, fingerprinted, self.world.clock.wire())
            if stored is not None:
                await self._hold(delivery, delay)
                return self._again(request, stored)
        try:
            await self._hold(delivery, delay)
            outcome = self._performed(request)
        except BaseException:
            if key is not None:
                self.party.idempotency.forget(key)
            raise
        if key is not None:
            self.party.idempotency.settle(key, StoredAnswer(outcome.status, (), outcome.body))
        return outcome

    def _performed(self, request: Request) -> Outcome:
        """The outcome of the operation itself, its refusal included: that is what a repetition gets again."""
        name = self._operation.id
        body = typed(request.payload, self.party.rules.operations[name][1])
        cause = Cause(
            channel="queue",
            exchange=request.exchange,
            client=request.client,
            correlation=request.correlation,
            trace=request.trace,
            order_id=request.order_id,
            causation=request.correlation,
        )
        try:
            result = self.party.perform(name, Call(body, {}, request.client), cause)
        except Refusal as refusal:
            return self._refused(request, refusal)
        return Outcome(request, "ok", self._operation.success, _encode(result))

    async def _told_otherwise(self, delivery: Delivery, outcome: Outcome, effect: RequestEffect) -> Outcome:
        """What the caller hears of it, by a fault's will. Raises: BrokerError."""
        unknown: Kind = "info" if outcome.kind == "ok" else outcome.kind
        if isinstance(effect, Withhold):
            return replace(outcome, kind=unknown, crashes=True, effect=effect)
        if isinstance(effect, FaultAnswer):
            body = self._misled(effect, outcome.request)
            kind = unknown if effect.status >= 400 else outcome.kind
            told = outcome.status
            return replace(outcome, kind=kind, status=effect.status, body=body, effect=effect, instead=told)
        await self._hold(delivery, effect)
        return replace(outcome, effect=effect)

    async def _hold(self, delivery: Delivery, delay: Delay | None) -> None:
        """Wait, and tell the broker on the way that the message is still being worked on. Raises: BrokerError."""
        left = 0.0 if delay is None else delay.seconds
        step = self.command.requests.acknowledge_within_s / 3
        while left > 0:
            await pause(self.world.clock, min(left, step))
            left -= step
            await delivery.working()

    def _refused(self, request: Request, refusal: Refusal) -> Outcome:
        document = problem(refusal, request.exchange)
        return Outcome(request, "fail", document.status, _encode(document))

    def _failed(self, request: Request, error: Exception) -> Outcome:
        """A mistake of ours: told as such, and kept from being counted against the caller."""
        where = f"{self.party.name}.{self._operation.id}, exchange {request.exchange}"
        self.world.errors.append(f"{where}: {type(error).__name__}: {error}")
        sorry = Refusal("internal-error", "the simulator failed; this is its fault, not yours")
        return replace(self._refused(request, sorry), kind="info")

    def _misled(self, effect: FaultAnswer, request: Request) -> bytes:
        """A fault's answer; with the contract's problem document where the fault says nothing itself."""
        code = _PROBLEM_OF_FAULT.get(effect.status)
        if effect.body or code is None:
            return effect.body
        return _encode(problem(Refusal(code, f"{self.party.name} does not take this request now"), request.exchange))

    def _again(self, request: Request, stored: StoredAnswer) -> Outcome:
        kind: Kind = "ok" if stored.status < 400 else "fail"
        return Outcome(request, kind, stored.status, _octets(stored.body), replayed=True)


def _octets(body: bytes | msgspec.Struct) -> bytes:
    return body if isinstance(body, bytes) else _encode(body)
