"""A party as an ASGI application: everything that all of them share, in the order in which a request meets it.

route → credentials → quota → parameters → body against the contract → idempotency key → the rule → the answer. Whatever
goes wrong on the way is a problem document and an entry in the journal; a bug of ours is a 500 that also ends up in the
world's errors, so that it can never be counted against the layer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import msgspec

from ....contracts.openapi import Api, Operation, api
from ...idempotency import StoredAnswer
from ...interference import Answer as FaultAnswer
from ...interference import AnswerEffect, Delay, Message, OnTheWire, Withhold
from ...journal import Kind
from ...party import Cause, Party
from ...refusal import Refusal
from ...rules import Call
from ...transaction import Page
from ...world import World
from .bearer import authenticate
from .body import check_body, sound, typed
from .exchange import JSON, Answer, Receive, Request, Scope, Send, read, send
from .locations import Locations
from .parameters import idempotency_key, parameters_of, version_of
from .problem import MEDIA_TYPE, HttpRefusal, kinds, problem
from .rate_limit import RateLimiter
from .record import ExchangeRecord
from .router import Router
from .shared import SHARED
from .waiting import caller_left, hung_up, wait

# What a fault answers with is as the contract has it, where the contract has a problem for it.
_PROBLEM_OF_FAULT = {401: "unauthenticated", 429: "too-many-requests", 503: "unavailable"}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a request came to: the true answer, the fault that now strikes it, and what the caller can know by it.

    `kind` is the journal's: `ok` when the request took effect, `fail` when it certainly did not, `info` when nobody can
    tell.
    """

    answer: Answer
    kind: Kind
    effect: AnswerEffect | None = None


class PartyApp:
    """One party over HTTP."""

    def __init__(self, world: World, party: Party, limiter: RateLimiter | None = None) -> None:
        self.world = world
        self.party = party
        self.limiter = limiter
        self.api: Api = api(party.kind)
        self._router = Router(self.api.operations.values())
        self._record = ExchangeRecord(world.journal, party.name)
        self._locations = Locations(self.api)
        self._encode = msgspec.json.Encoder().encode
        missing = [name for name in self.api.operations if name not in party.rules.operations and name not in SHARED]
        if missing:
            raise ValueError(
                f"{party.kind}: the contract has operations that no rule answers: {', '.join(sorted(missing))}"
            )

    async def __call__(self, scope: Scope, receive: Receive, to: Send) -> None:
        if scope["type"] != "http":
            return
        self.world.in_flight += 1
        try:
            await self._serve(await read(scope, receive), receive, to)
        except Exception as error:  # beyond what an answer could be made for
            self.world.errors.append(f"{self.party.name}, HTTP: {type(error).__name__}: {error}")
            raise
        finally:
            self.world.in_flight -= 1

    def not_http(self) -> bytes:
        """The problem document for octets that are no HTTP request, which no exchange can begin with."""
        request = Request("", "", b"", {}, b"")
        request.exchange = self._record.asked(request, "unknown")
        answer = self._refused(Refusal("malformed-body", "this is no HTTP request (RFC 9112)"), request)
        self._record.answered(request, "unknown", "fail", answer)
        return answer.body

    async def _serve(self, request: Request, receive: Receive, to: Send) -> None:
        operation: Operation | None = None
        path: dict[str, str] = {}
        refusal: Refusal | None = None
        try:
            operation, path = self._router.find(request.method, request.path)
        except Refusal as refused:
            refusal = refused
        name = operation.id if operation else "unknown"
        body = request.payload if isinstance(request.payload, dict) else None
        query = {key: values[0] for key, values in request.query_values().items()}
        request.order_id = self.world.lineage.trace(path, query, body)
        request.sound = sound(operation, request)
        request.exchange = self._record.asked(request, name)
        if request.left:
            self._record.answered(request, name, "fail", None, callerLeft=True)
            return
        try:
            if operation is None:
                raise refusal or Refusal("not-found", request.path)
            outcome = await self._outcome(request, operation, path)
        except Exception as error:
            outcome = self._failed(error, request, name)
        await self._tell(request, name, outcome, receive, to)

    async def _outcome(self, request: Request, operation: Operation, path: dict[str, str]) -> _Outcome:
        """What carrying out the request comes to, unless a fault is in the way."""
        try:
            self._admit(request, operation)
        except Refusal as refusal:
            return _Outcome(self._refused(refusal, request), "fail")
        message = Message(
            "request",
            self.party.name,
            operation.id,
            request.order_id,
            request.client,
            path=request.path,
            exchange=request.exchange,
            connection=request.connection,
        )
        before = self.world.interference.before(message)
        if before is not None:
            self._record.struck(request, operation.id, before)
        if isinstance(before, FaultAnswer):
            return _Outcome(self._misled(before, request), "ok" if before.status < 400 else "fail")
        if isinstance(before, Withhold):
            return _Outcome(Answer(0, b""), "fail", before)
        try:
            answer = await self._carry_out(request, operation, path, before)
        except Refusal as refusal:
            return _Outcome(self._refused(refusal, request), "fail")
        after = self.world.interference.committed(message, answer.status)
        if after is not None and not isinstance(after, OnTheWire):
            self._record.struck(request, operation.id, after)
        return _Outcome(answer, "ok" if answer.status < 400 else "fail", after)

    def _admit(self, request: Request, operation: Operation) -> None:
        """Credentials and quota. Who is turned away here has not reached the party: no fault counts the request.

        Raises: Refusal.
        """
        if operation.scopes is None:
            return
        now = self.world.clock.wire()
        request.client = authenticate(self.party.access, request, operation.scopes, now)
        if self.limiter is not None:
            request.quota = self.limiter.take(request.client, now)

    async def _carry_out(
        self, request: Request, operation: Operation, path: dict[str, str], delay: Delay | None
    ) -> Answer:
        """Raises: Refusal when the request is not understood or not allowed, or is a repetition out of place."""
        now = self.world.clock.wire()
        params = parameters_of(operation, path, request)
        check_body(operation, request)
        key = idempotency_key(operation, request)
        version = version_of(operation, request)
        if key is not None:
            stored = self.party.idempotency.begin(key, request.path.encode() + b"\n" + request.body, now)
            if stored is not None:
                await wait(self.world.clock, delay)
                return _again(stored)
        try:
            await wait(self.world.clock, delay)
            answer = self._performed(request, operation, params, version)
        except BaseException:
            if key is not None:
                self.party.idempotency.forget(key)
            raise
        if key is not None:
            self.party.idempotency.settle(key, StoredAnswer(answer.status, answer.headers, answer.body))
        return answer

    def _performed(self, request: Request, operation: Operation, params: dict[str, Any], version: int | None) -> Answer:
        """The answer of the operation itself, its refusal included: that is what a repetition gets again."""
        try:
            if shared := SHARED.get(operation.id):
                return shared(self.world, self.party, request, Call(None, params, request.client, version))
            body = None
            if operation.body is not None and request.payload is not msgspec.UNSET:
                body = typed(request.payload, self.party.rules.operations[operation.id][1])
            result = self.party.perform(operation.id, Call(body, params, request.client, version), _cause(request))
        except Refusal as refusal:
            return self._refused(refusal, request)
        return self._answer(operation, result)

    def _answer(self, operation: Operation, result: msgspec.Struct | Page) -> Answer:
        if isinstance(result, Page):
            return Answer(operation.success, self._encode({"items": result.items, "nextCursor": result.next_cursor}))
        headers: list[tuple[bytes, bytes]] = []
        version = getattr(result, "version", None)
        if version is not None:
            headers.append((b"etag", b'"%d"' % version))
        if operation.success == 201 and (location := self._locations.of(operation, result)):
            headers.append((b"location", location))
        return Answer(operation.success, self._encode(result), tuple(headers))

    def _refused(self, refusal: Refusal, request: Request) -> Answer:
        document = problem(refusal, request.exchange)
        headers: list[tuple[bytes, bytes]] = []
        if isinstance(refusal, HttpRefusal):
            headers.extend(refusal.headers)
        if refusal.retry_after_s is not None:
            headers.append((b"retry-after", str(math.ceil(refusal.retry_after_s)).encode()))
        return Answer(document.status, self._encode(document), tuple(headers), MEDIA_TYPE)

    def _failed(self, error: Exception, request: Request, name: str) -> _Outcome:
        if isinstance(error, Refusal) and error.code in kinds():
            return _Outcome(self._refused(error, request), "fail")
        where = f"{self.party.name}.{name}, exchange {request.exchange}"
        self.world.errors.append(f"{where}: {type(error).__name__}: {error}")
        sorry = Refusal("internal-error", "the simulator failed; this is its fault, not yours")
        return _Outcome(self._refused(sorry, request), "info")

    def _misled(self, effect: FaultAnswer, request: Request) -> Answer:
        """A fault's answer; with the contract's problem document where the fault says nothing itself."""
        headers = tuple((name.lower().encode(), value.encode()) for name, value in effect.headers)
        code = _PROBLEM_OF_FAULT.get(effect.status)
        if effect.body or code is None:
            return Answer(effect.status, effect.body, headers, MEDIA_TYPE)
        document = problem(Refusal(code, f"{self.party.name} does not take this request now"), request.exchange)
        return Answer(effect.status, self._encode(document), headers, MEDIA_TYPE)

    async def _tell(self, request: Request, name: str, outcome: _Outcome, receive: Receive, to: Send) -> None:
        """Answer as the fault, if any, will have it, and write down what the caller can know."""
        answer, kind, effect = outcome.answer, outcome.kind, outcome.effect
        detail: dict[str, Any] = {} if effect is None else {"fault": effect.fault}
        if isinstance(effect, Withhold):
            left = await caller_left(self.world.clock, receive, effect.seconds)
            unknown: Kind = "info" if kind == "ok" else kind
            self._record.answered(request, name, unknown, None, **detail, withheld=True, callerLeft=left)
            if not left and request.connection is not None:
                request.connection.abort()
                await hung_up(receive)
            return
        if isinstance(effect, Delay):
            await wait(self.world.clock, effect)
        if isinstance(effect, OnTheWire) and kind == "ok":
            kind = "info"
        if isinstance(effect, FaultAnswer):
            detail["instead"] = answer.status
            answer = self._misled(effect, request)
            kind = "info" if kind == "ok" and answer.status >= 400 else kind
        if request.connection is not None and request.connection.is_closing():
            detail["callerLeft"] = True
            kind = "info" if kind == "ok" else kind
        self._record.answered(request, name, kind, answer, **detail)
        await send(answer, request, to)


def _cause(request: Request) -> Cause:
    return Cause(
        "http",
        request.exchange,
        request.client,
        request.correlation,
        request.trace,
        request.order_id,
        causation=request.correlation,
    )


def _again(stored: StoredAnswer) -> Answer:
    headers = (*stored.headers, (b"idempotent-replayed", b"true"))
    return Answer(stored.status, stored.body, headers, MEDIA_TYPE if stored.status >= 400 else JSON)
