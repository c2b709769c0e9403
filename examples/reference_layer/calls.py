"""Calls to the parties: tokens, retries with backoff, Retry-After, circuit breaker, and effects through the outbox."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from .log import Log
from .patience import BROKEN, RETRIED, RETRY_AFTER_AT_MOST_S, Breaker
from .ports import Http, Response, TimedOut, Timing, Unreachable
from .settings import Party, Settings
from .store import Store
from .versions import GONE

if TYPE_CHECKING:
    from .layer import Parts

TOKEN_PATH = "/v1/oauth/token"
IN_FLIGHT_PER_PARTY = 32
CIRCUIT_OPEN = "its circuit is open"


class Trace(msgspec.Struct, frozen=True, gc=False):
    """What a call belongs to, from the event that began it all."""

    correlation: str = ""
    traceparent: str = ""


class Call(msgspec.Struct, frozen=True, gc=False):
    """What is asked of a party; a repetition asks the same again. `key` is its Idempotency-Key, "" for none."""

    party: str
    method: str
    path: str
    trace: Trace = Trace()
    body: bytes = b""
    key: str = ""
    if_match: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.party} {self.path}"


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What came of one try. `status` is 0 and `content` None when there was no whole answer."""

    status: int = 0
    content: Any = None
    retry_after_s: float = 0.0
    reason: str = ""
    uncertain: bool = False  # it may have happened all the same

    def problem(self, member: str) -> str:
        """A member of a problem document (RFC 9457); "" when it is none."""
        return str(self.content.get(member, "")) if self.status >= 400 and isinstance(self.content, dict) else ""


class Refused(Exception):
    """The party said no for good, and nothing was changed there."""

    def __init__(self, call: Call, answer: Answer) -> None:
        self.status, self.code = answer.status, answer.problem("code")
        super().__init__(f"{call} was refused: {self.status} {self.code} {answer.problem('detail')}".rstrip())


class GaveUp(Exception):
    """No final answer within the time. `uncertain`: what was asked for may have happened."""

    def __init__(self, call: Call, reason: str, *, uncertain: bool) -> None:
        super().__init__(f"gave up {call}: {reason}")
        self.uncertain = uncertain


class Tracing:
    """How calls are tied to the event that began it all (W3C Trace Context; one span for each try)."""

    def headers(self, call: Call, time: str = "") -> dict[str, str]:
        """`time` tells one sending of the call from another."""
        headers = {"x-correlation-id": call.trace.correlation} if call.trace.correlation else {}
        if call.trace.traceparent.count("-") == 3:
            version, trace_id, _, flags = call.trace.traceparent.split("-")
            span = hashlib.blake2b(f"{call}{call.key}{time}".encode(), digest_size=8).hexdigest()
            headers["traceparent"] = f"{version}-{trace_id}-{span}-{flags}"
        return headers


class IdempotencyKeys:
    """Which key goes with a try, "" for none: the effect's own, however often it is tried."""

    def for_try(self, key: str, number: int) -> str:
        return key


class _Line:
    """The connection to one party: its token, its breaker, and how much may be in flight."""

    def __init__(self, party: Party, breaker: Breaker) -> None:
        self.party = party
        self.breaker = breaker
        self.gate = asyncio.Semaphore(IN_FLIGHT_PER_PARTY)
        self.token, self.token_until = "", 0.0
        self.token_lock = asyncio.Lock()
        self.quiet_until = 0.0


class Calls:
    """All that goes out. One for the whole layer."""

    def __init__(self, settings: Settings, http: Http, timing: Timing, store: Store, log: Log, parts: Parts) -> None:
        self._settings, self._http, self._timing, self._store = settings, http, timing, store
        self._log, self._parts = log, parts
        self._lines = {name: _Line(party, parts.breaker()) for name, party in settings.parties.items()}
        self.versions = parts.versions(settings.versions)
        self.spans = parts.spans(settings, http, timing)
        self._failing: set[Call] = set()
        self.erps = parts.erps(store)

    def unreachable_for_s(self, party: str) -> float:
        """How long the party's circuit has been open; 0 while it is closed, and for who has no API to be called."""
        line = self._lines.get(party)
        return line.breaker.open_for_s(self._timing.monotonic()) if line is not None else 0.0

    async def read(self, party: str, path: str, trace: Trace) -> Any:
        """GET, decoded. Raises: Refused, GaveUp."""
        call = Call(party, "GET", path, trace)
        answer = await self.send(call)
        if answer.status >= 400:
            raise Refused(call, answer)
        return answer.content

    async def glance(self, party: str, path: str, trace: Trace) -> Answer:
        """GET in a single try, and none while the circuit is open: for what one can do without."""
        if self._shut_for_s(self._lines[party]) > 0:
            return Answer(reason=CIRCUIT_OPEN)
        return await self.try_once(Call(party, "GET", path, trace))

    async def effect(
        self, call: Call, payload: object, done_when: tuple[str, ...] = (), open_circuit_s: float | None = None
    ) -> Any:
        """Make something happen at a party once, whatever is tried again or restarted; returns its answer, decoded.

        `call.key` names the effect in business terms. The first body that was sent for it stands. `done_when` are
        problem codes which say that it has happened before. `open_circuit_s` is how long an open circuit is borne.

        Raises: Refused (nothing has happened; a later call tries it anew, under a fresh key), GaveUp.
        """
        key, effect = call.key, self._store.effect(call.key)
        if effect is not None and effect.status is not None:
            return msgspec.json.decode(effect.answer or b"null")
        begun_before = effect is not None and effect.body is not None
        effect = self._store.begin(key, msgspec.json.encode(payload))
        call = msgspec.structs.replace(call, body=effect.body or b"", key=effect.sent_key)
        try:
            answer = await self.send(call, open_circuit_s)
        except GaveUp as error:
            error.uncertain = error.uncertain or begun_before
            raise
        if answer.status >= 400 and answer.problem("code") not in done_when:
            self._store.refused(key)
            self._log("refused", party=call.party, key=key)
            raise Refused(call, answer)
        self._store.happened(key, answer.status, msgspec.json.encode(answer.content))
        self._log("effect", party=call.party, key=key)
        return answer.content

    def begun(self, key: str) -> bool:
        """Whether the effect was sent, with or without an answer, and not refused."""
        effect = self._store.effect(key)
        return effect is not None and (effect.body is not None or effect.status is not None)

    def newest(self, about: str, version: int) -> int:
        """The newest version of something that there is word of, at once and whatever becomes of this one's event."""
        return self._store.newest(about, version)

    def withdraw(self, key: str) -> None:
        """The effect is no longer wanted and has certainly not happened."""
        self._store.refused(key)

    async def send(self, call: Call, open_circuit_s: float | None = None) -> Answer:
        """One request with all its tries; the answer is 2xx, or a 4xx that no repetition would change.

        Raises: GaveUp after the retry budget, or once the circuit has been open for `open_circuit_s`.
        """
        line, retries = self._lines[call.party], self._parts.retries
        until = self._timing.monotonic() + self._settings.give_up_s
        answer, uncertain, token_renewed = Answer(reason=CIRCUIT_OPEN), False, False
        version = self.versions.of(call.party)

        async def wait(seconds: float, until: float) -> None:
            if self._timing.monotonic() + seconds > until:
                raise GaveUp(call, answer.reason, uncertain=uncertain)
            await self._timing.sleep(seconds)

        for number in itertools.count(1):
            while (wait_s := self._shut_for_s(line)) > 0:
                borne = open_circuit_s is None or self.unreachable_for_s(call.party) < open_circuit_s
                await wait(wait_s, until if borne else 0.0)
            answer = await self.try_once(call, number)
            uncertain = uncertain or answer.uncertain
            if answer.status == 401 and not token_renewed:
                line.token, token_renewed = "", True
            elif answer.problem("code") == GONE and version != self.versions.of(call.party):
                version = self.versions.of(call.party)
            elif retries.again(answer.status, answer.problem("code")):
                await wait(retries.wait_s(number, answer.retry_after_s, self._timing.random()), until)
            else:
                break
        return answer

    async def try_once(self, call: Call, number: int = 1) -> Answer:
        """The try of this number, told to the breaker and the log."""
        line = self._lines[call.party]
        answer = await self._asked(line, call, number)
        now = self._timing.monotonic()
        if answer.status == 429:  # a quota is for all calls together
            line.quiet_until = now + min(answer.retry_after_s, RETRY_AFTER_AT_MOST_S)
        if answer.status in (0, *BROKEN):
            line.breaker.failed(now)
        else:
            line.breaker.succeeded()
        again = call in self._failing
        if answer.status in RETRIED:
            self._failing.add(call)
        else:
            self._failing.discard(call)
        names = {"key": call.key, "correlation": call.trace.correlation, "party": call.party}
        told = {"number": number, "result": answer.reason, "status": answer.status, "again": again}
        self._log("call", call=str(call), **told, **names)
        return answer

    async def _asked(self, line: _Line, call: Call, number: int) -> Answer:
        began = self._timing.unix()
        traced = self._parts.tracing.headers(call, f"{number}/{began}")
        headers = {"content-type": "application/json", **traced}
        if call.key and (key := self._parts.keys.for_try(call.key, number)):
            headers["idempotency-key"] = f'"{key}"'
        if call.if_match:
            headers["if-match"] = call.if_match
        sent = False
        try:
            async with line.gate:
                response = await self._token(line)
                if response is None:
                    sent = True
                    headers["authorization"] = f"Bearer {line.token}"
                    party, body = call.party, call.body
                    url = line.party.url + self.versions.path(party, call.path)
                    if body:
                        body = self.versions.body(party, call.method, call.path, body)
                    try:
                        response = await self._http.request(call.method, url, headers, body)
                    except (Unreachable, TimedOut) as error:
                        self.spans.ended(call.method, url, traced, began, error=type(error).__name__)
                        raise
                    self.spans.ended(call.method, url, traced, began, status=response.status)
            self.versions.heard(call.party, response.headers)
            content = _decoded(response)
        except (Unreachable, TimedOut, msgspec.DecodeError) as error:
            uncertain = sent and not isinstance(error, Unreachable)
            return Answer(reason=f"{type(error).__name__} {error}", uncertain=uncertain)
        status, uncertain = response.status, sent and response.status in BROKEN
        return Answer(status, content, self._seconds(response), f"status {status}", uncertain)

    async def _token(self, line: _Line) -> Response | None:
        """See that there is a token; returns the party's answer when it gives none."""
        async with line.token_lock:
            if line.token and self._timing.monotonic() < line.token_until:
                return None
            own = {"client_id": line.party.client_id, "client_secret": line.party.client_secret}
            form = urlencode({"grant_type": "client_credentials", **own}).encode()
            headers = {"content-type": "application/x-www-form-urlencoded"}
            path = self.versions.path(line.party.name, TOKEN_PATH)
            response = await self._http.request("POST", line.party.url + path, headers, form)
            if response.status != 200:
                return response
            granted = msgspec.json.decode(response.body)
            lifetime_s = float(granted["expires_in"])
            line.token = granted["access_token"]
            line.token_until = self._timing.monotonic() + lifetime_s - min(30.0, lifetime_s / 10)
            return None

    def _seconds(self, response: Response) -> float:
        """Retry-After, a number or a date (RFC 9110 section 10.2.3); 0 for anything else."""
        asked = response.headers.get("retry-after", "")
        try:
            if asked.isdigit():
                return float(asked)
            return max(0.0, parsedate_to_datetime(asked).timestamp() - self._timing.unix())
        except ValueError:
            return 0.0

    def _shut_for_s(self, line: _Line) -> float:
        """How long to wait before asking again whether a call may go out; 0 when it may."""
        now = self._timing.monotonic()
        return max(line.quiet_until - now, 0.0) or line.breaker.wait_s(now)


def _decoded(response: Response) -> Any:
    """Raises: msgspec.DecodeError for a success whose body is no JSON, or is not there though it is not a 204: then it
    is unclear what happened.
    """
    try:
        return None if response.status == 204 else msgspec.json.decode(response.body)
    except msgspec.DecodeError:
        if response.status < 400:
            raise
        return None
