"""A party over HTTP: everything that all of them share, in the order in which a request meets it.

route → credentials → quota → parameters → body against the contract → idempotency key → the rule → the answer. Whatever
goes wrong on the way is a problem document and an entry in the journal; a bug of ours is a 500 that also ends up in the
world's errors, so that it can never be counted against the layer.

All of that is one step that waits for nothing, so a request is answered in the same breath in which it was read. Only
where a fault makes it wait, a coroutine comes in between.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import msgspec

from ....contracts.openapi import Api, Operation, api
from ...idempotency import Key, StoredAnswer
from ...interference import Answer as FaultAnswer
from ...interference import AnswerEffect, Delay, Message, OnTheWire, Withhold
from ...journal import Kind
from ...party import Cause, Party
from ...refusal import Refusal
from ...rules import Call
from ...world import World
from .answers import Answers
from .bearer import authenticate
from .body import check_body, sound, typed
from .dialect import Editions
from .exchange import Answer, Reply, Request
from .parameters import idempotency_key, parameters_of, version_of
from .problem import kinds
from .rate_limit import RateLimiter
from .record import ExchangeRecord
from .shared import SHARED
from .version_end import check_version, version_notice
from .waiting import caller_left, pause


class _Outcome(msgspec.Struct, frozen=True, gc=False):
    """What a request came to: the true answer, the fault that now strikes it, and what the caller can know by it.

    `kind` is the journal's: `ok` when the request took effect, `fail` when it certainly did not, `info` when nobody can
    tell.
    """

    answer: Answer
    kind: Kind
    effect: AnswerEffect | None = None


class _Understood(msgspec.Struct, frozen=True, gc=False):
    """A request that keeps the contract: its parameters, the version that it is about, and its idempotency key."""

    params: dict[str, Any]
    version: int | None
    key: Key | None


class _Taken(msgspec.Struct, frozen=True, gc=False):
    """One that is allowed as well. `stored` is the answer to give again, None to carry it out."""

    understood: _Understood
    stored: StoredAnswer | None = None


class PartyApp:
    """One party over HTTP (exchange.App)."""

    def __init__(self, world: World, party: Party, limiter: RateLimiter | None = None) -> None:
        self.world = world
        self.party = party
        self.limiter = limiter
        self.api: Api = api(party.kind)
        self._editions = Editions(party)
        self._record = ExchangeRecord(world.journal, party.name)
        self._answers = Answers(party.name, self.api)
        missing = [name for name in self.api.operations if name not in party.rules.operations and name not in SHARED]
        if missing:
            raise ValueError(
                f"{party.kind}: the contract has operations that no rule answers: {', '.join(sorted(missing))}"
            )

    def respond(self, request: Request) -> Reply:
        try:
            return self._serve(request)
        except Exception as error:
            return self._sorry(error)

    def not_http(self, client: str) -> bytes:
        """The problem document for octets that are no HTTP request, which no exchange can begin with."""
        request = Request("", "", b"", {}, b"", client=client)
        request.exchange = self._record.asked(request, "unknown")
        answer = self._answers.refused(
            Refusal("malformed-body", "this is no HTTP request (RFC 9112), or one with a head without end"),
            request.exchange,
        )
        self._record.answered(request, "unknown", "fail", answer)
        return answer.body

    def begin(self) -> None:
        self.world.in_flight += 1

    def end(self) -> None:
        self.world.in_flight -= 1

    def _serve(self, request: Request) -> Reply:
        operation: Operation | None = None
        path: dict[str, str] = {}
        refusal: Refusal | None = None
        try:
            operation, path = self._editions.of(request.path).router.find(request.method, request.path)
        except Refusal as refused:
            refusal = refused
        name = operation.id if operation else "unknown"
        body = request.payload if isinstance(request.payload, dict) else None
        query = {key: values[0] for key, values in request.query_values().items()} if request.query else None
        request.order_id = self.world.lineage.trace(path, query, body)
        request.sound = sound(operation, request)
        request.exchange = self._record.asked(request, name)
        if request.left:
            self._record.answered(request, name, "fail", None, callerLeft=True)
            return None
        try:
            if operation is None:
                raise refusal or Refusal("not-found", request.path)
            outcome = self._outcome(request, operation, path)
        except Exception as error:
            outcome = self._failed(error, request, name)
        return self._told(request, name, outcome) if isinstance(outcome, _Outcome) else outcome

    def _outcome(
        self, request: Request, operation: Operation, path: dict[str, str]
    ) -> _Outcome | Coroutine[Any, Any, Answer | None]:
        """What carrying out the request comes to, unless a fault is in the way; the whole reply when one delays it."""
        try:
            self._admit(request, operation)
        except Refusal as refusal:
            return _Outcome(self._answers.refused(refusal, request.exchange), "fail")
        understood: _Understood | Refusal
        try:
            understood = self._understood(request, operation, path)
        except Refusal as refusal:
            understood = refusal
        message = self._message(request, operation, path, in_vain=isinstance(understood, Refusal))
        before = self.world.interference.before(message)
        if before is None:
            return self._attempted(request, operation, understood, message)
        self._record.struck(request, operation.id, before)
        if isinstance(before, FaultAnswer):
            return _Outcome(self._answers.misled(before, request.exchange), "ok" if before.status < 400 else "fail")
        if isinstance(before, Withhold):
            return _Outcome(Answer(0, b""), "fail", before)
        return self._delayed(before, request, operation, understood, message)

    def _message(self, request: Request, operation: Operation, path: dict[str, str], *, in_vain: bool) -> Message:
        """The request as whoever interferes sees it."""
        about: tuple[str, ...] = ()
        if not request.order_id:
            body = request.payload if isinstance(request.payload, dict) else None
            about = self.world.lineage.subjects(path, body)
        return Message(
            "request",
            self.party.name,
            operation.id,
            request.order_id,
            request.client,
            path=request.path,
            about=about,
            exchange=request.exchange,
            connection=request.connection,
            in_vain=in_vain,
        )

    def _admit(self, request: Request, operation: Operation) -> None:
        """Version, credentials and quota. Who is turned away here has not reached the party: no fault counts the
        request.

        Raises: Refusal.
        """
        if self.party.versions.retirements:
            check_version(self.party.versions, request.path, self.world.clock.now())
        if operation.scopes is None:
            return
        now = self.world.clock.wire()
        request.client = authenticate(self.party.access, request, operation.scopes, now)
        if self.limiter is not None:
            request.quota = self.limiter.take(request.client, now)

    def _attempted(
        self, request: Request, operation: Operation, understood: _Understood | Refusal, message: Message
    ) -> _Outcome:
        try:
            taken = self._take_up(request, operation, understood)
            answer = self._carried_out(request, operation, taken)
        except Refusal as refusal:
            answer = self._answers.refused(refusal, request.exchange)
        return self._committed(request, message, answer)

    async def _delayed(
        self,
        delay: Delay,
        request: Request,
        operation: Operation,
        understood: _Understood | Refusal,
        message: Message,
    ) -> Answer | None:
        """The same, with a wait between understanding the request and carrying it out."""
        try:
            taken = self._take_up(request, operation, understood)
            try:
                await pause(self.world.clock, delay.seconds)
            except BaseException:
                self._forget(taken)
                raise
            outcome = self._committed(request, message, self._carried_out(request, operation, taken))
        except Refusal as refusal:
            outcome = self._committed(request, message, self._answers.refused(refusal, request.exchange))
        except Exception as error:
            outcome = self._failed(error, request, operation.id)
        told = self._told(request, operation.id, outcome)
        return told if told is None or isinstance(told, Answer) else await told

    def _understood(self, request: Request, operation: Operation, path: dict[str, str]) -> _Understood:
        """Raises: Refusal when the request is not understood."""
        params = parameters_of(operation, path, request)
        check_body(operation, request)
        key = idempotency_key(operation, request)
        return _Understood(params, version_of(operation, request), key)

    def _take_up(self, request: Request, operation: Operation, understood: _Understood | Refusal) -> _Taken:
        """Raises: Refusal, the one that is given, or one for a repetition out of place."""
        if isinstance(understood, Refusal):
            raise understood
        if (key := understood.key) is None:
            return _Taken(understood)
        payload = self._editions.of(request.path).likeness(operation, request.path, request.body, request.payload)
        return _Taken(understood, self.party.idempotency.begin(key, payload, self.world.clock.wire()))

    def _carried_out(self, request: Request, operation: Operation, taken: _Taken) -> Answer:
        """Raises: Refusal; the key is free again then."""
        edition = self._editions.of(request.path)
        if taken.stored is not None:
            return edition.given(operation, self._answers.again(taken.stored))
        try:
            answer = self._performed(request, operation, taken)
        except BaseException:
            self._forget(taken)
            raise
        if (key := taken.understood.key) is not None:
            body = answer.body if answer.record is None else answer.record
            self.party.idempotency.settle(key, StoredAnswer(answer.status, answer.headers, body))
        return edition.given(operation, answer)

    def _forget(self, taken: _Taken) -> None:
        if taken.understood.key is not None and taken.stored is None:
            self.party.idempotency.forget(taken.understood.key)

    def _performed(self, request: Request, operation: Operation, taken: _Taken) -> Answer:
        """The answer of the operation itself, its refusal included: that is what a repetition gets again."""
        known = taken.understood
        try:
            if shared := SHARED.get(operation.id):
                call = Call(None, known.params, request.client, known.version)
                return shared(self.world, self.party, request, call)
            body = None
            if operation.body is not None and request.payload is not msgspec.UNSET:
                payload = self._editions.of(request.path).taken(operation, request.payload)
                body = typed(payload, self.party.rules.operations[operation.id][1])
            call = Call(body, known.params, request.client, known.version)
            performed = self.party.carry_out(operation.id, call, _cause(request))
        except Refusal as refusal:
            return self._answers.refused(refusal, request.exchange)
        return self._answers.done(operation, performed)

    def _committed(self, request: Request, message: Message, answer: Answer) -> _Outcome:
        """The rule has been carried out, or was refused: now a fault may strike the answer."""
        after = self.world.interference.committed(message, answer.status)
        if after is not None and not isinstance(after, OnTheWire):
            self._record.struck(request, message.name, after)
        return _Outcome(answer, "ok" if answer.status < 400 else "fail", after)

    def _failed(self, error: Exception, request: Request, name: str) -> _Outcome:
        if isinstance(error, Refusal) and error.code in kinds():
            return _Outcome(self._answers.refused(error, request.exchange), "fail")
        where = f"{self.party.name}.{name}, exchange {request.exchange}"
        self.world.errors.append(f"{where}: {type(error).__name__}: {error}")
        sorry = Refusal("internal-error", "the simulator failed; this is its fault, not yours")
        return _Outcome(self._answers.refused(sorry, request.exchange), "info")

    def _sorry(self, error: Exception) -> Answer:
        """The answer when even that did not go well, with the journal for one."""
        self.world.errors.append(f"{self.party.name}, HTTP: {type(error).__name__}: {error}")
        return Answer(500, b"Internal Server Error", (), b"text/plain; charset=utf-8")

    def _told(self, request: Request, name: str, outcome: _Outcome) -> Reply:
        """Answer as the fault, if any, will have it, and write down what the caller can know."""
        if isinstance(outcome.effect, Withhold):
            return self._withheld(request, name, outcome.kind, outcome.effect)
        if isinstance(outcome.effect, Delay):
            return self._held_up(request, name, outcome, outcome.effect)
        answer, kind = outcome.answer, outcome.kind
        detail: dict[str, Any] = {}
        if isinstance(outcome.effect, OnTheWire):
            detail = {"fault": outcome.effect.fault}
            kind = "info" if kind == "ok" else kind
        elif outcome.effect is not None:
            detail = {"fault": outcome.effect.fault, "instead": answer.status}
            answer = self._answers.misled(outcome.effect, request.exchange)
            kind = "info" if kind == "ok" and answer.status >= 400 else kind
        return self._written(request, name, kind, answer, detail)

    async def _held_up(self, request: Request, name: str, outcome: _Outcome, delay: Delay) -> Answer:
        try:
            await pause(self.world.clock, delay.seconds)
            return self._written(request, name, outcome.kind, outcome.answer, {"fault": delay.fault})
        except Exception as error:
            return self._sorry(error)

    async def _withheld(self, request: Request, name: str, kind: Kind, effect: Withhold) -> None:
        left = False
        if request.connection is None:
            await pause(self.world.clock, effect.seconds)
        else:
            left = await caller_left(self.world.clock, request.connection, effect.seconds)
        unknown: Kind = "info" if kind == "ok" else kind
        detail = {"fault": effect.fault, "withheld": True, "callerLeft": left}
        self._record.answered(request, name, unknown, None, **detail)
        if request.connection is not None:
            request.connection.abort()

    def _written(self, request: Request, name: str, kind: Kind, answer: Answer, detail: dict[str, Any]) -> Answer:
        """The answer that the caller gets now, unless it has gone."""
        if request.connection is not None and request.connection.is_closing():
            detail["callerLeft"] = True
            kind = "info" if kind == "ok" else kind
        if self.party.versions.retirements and (notice := version_notice(self.party.versions, request.path)):
            answer = msgspec.structs.replace(answer, headers=answer.headers + notice)
        self._record.answered(request, name, kind, answer, **detail)
        return answer


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
