"""What the layer exposes over HTTP: webhooks, health, dead letters, drain (contracts/layer/v1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import parse_qsl

import msgspec

from .documents import Event, Knowledge
from .erps import Table
from .store import Message

if TYPE_CHECKING:
    from .layer import Layer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
SIGNED_WITHIN_S = 300
METRICS = b"text/plain; version=0.0.4; charset=utf-8"
LARGEST_BODY = 1 << 20
CURSOR = re.compile("0|[1-9][0-9]{0,8}")
DRAIN_S, DRAIN_LOOK_S = 30.0, 0.05


# Path, `*` for any one part, and the method that it takes.
PATHS = {
    "webhooks/*": "POST",
    "health": "GET",
    "dead-letters": "GET",
    "dead-letters/*/replay": "POST",
    "drain": "POST",
    "metrics": "GET",
    "erps": "PUT",
}


class Problem(Exception):
    """An answer that says no (RFC 9457)."""

    def __init__(self, status: int, detail: str, *, allow: str = "", code: str = "") -> None:
        super().__init__(detail)
        self.status, self.allow, self.code = status, allow, code


class DrainRequest(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    timeout_s: Annotated[float, msgspec.Meta(gt=0, le=3600)] = DRAIN_S


class Page(msgspec.Struct, frozen=True, rename="camel"):
    """What is asked of the list; the cursor is how many came before."""

    status: Literal["setAside", "replayed", "discarded"] | msgspec.UnsetType = msgspec.UNSET
    order_id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9._-]{1,40}$")] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50
    cursor: Annotated[int, msgspec.Meta(ge=0)] = 0


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether one of the signatures is right and fresh (https://www.standardwebhooks.com)."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        signed_at = int(headers["webhook-timestamp"])
        content = f"{headers['webhook-id']}.{signed_at}.".encode() + body
    except (KeyError, ValueError, binascii.Error):
        return False
    right = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").encode().split()
    return abs(now - signed_at) <= SIGNED_WITHIN_S and any(hmac.compare_digest(right.encode(), each) for each in given)


class Web:
    """The ASGI application."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        if scope["type"] != "http":
            return
        media_type, allow = b"application/json", b""
        try:
            status, content = await self._answer(scope, receive)
        except Problem as problem:
            media_type, status, allow = b"application/problem+json", problem.status, problem.allow.encode()
            content = {"type": "about:blank", "status": status, "detail": str(problem)}
            content |= {"code": problem.code} if problem.code else {}
        body = b"" if content is None else content if isinstance(content, bytes) else msgspec.json.encode(content)
        media_type = METRICS if isinstance(content, bytes) else media_type
        headers = [(b"content-type", media_type)] if body else []
        headers += [(b"allow", allow)] if allow else []
        headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            if (await receive())["type"] == "lifespan.startup":
                self._layer.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._layer.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, Any]:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        body = await _whole_body(receive)
        match [scope["method"], *scope["path"].strip("/").split("/")]:
            case ["POST", "webhooks", party]:
                return self._counted_webhook(party, headers, body), None
            case ["GET", "health"]:
                return self._health()
        self._demand_operator(headers)
        match [scope["method"], *scope["path"].strip("/").split("/")]:
            case ["GET", "dead-letters"]:
                return 200, self._dead_letters(query)
            case ["POST", "dead-letters", number, "replay"]:
                return 200, await self._replay(number)
            case ["POST", "drain"]:
                return 200, await self._drain(headers, body)
            case ["GET", "metrics"]:
                return 200, self._metrics()
            case ["PUT", "erps"]:
                return 200, self._erps(headers, body)
        for path, method in PATHS.items():
            if fnmatchcase(scope["path"].strip("/"), path):
                raise Problem(405, f"{scope['path']} takes {method}", allow=method)
        raise Problem(404, f"there is no {scope['method']} {scope['path']}")

    def _demand_operator(self, headers: Mapping[str, str]) -> None:
        """Webhooks are signed, and health is for load balancers; the rest is for those who have the token."""
        token = self._layer.settings.operator_token
        if token and not hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
            raise Problem(401, "this is for the operator: it takes a token")

    def _counted_webhook(self, party: str, headers: Mapping[str, str], body: bytes) -> int:
        status = 500
        try:
            status = self._webhook(party, headers, body)
        except Problem as problem:
            status = problem.status
            raise
        finally:
            self._layer.log("webhook", party=party, status=status)
        return status

    def _webhook(self, party: str, headers: Mapping[str, str], body: bytes) -> int:
        """202 once the event is on disk. Nothing else is done before the answer."""
        known = self._layer.settings.parties.get(party)
        if known is None:
            raise Problem(404, f"there is no party {party}")
        if not self._is_theirs(known.webhook_secret, headers, body):
            raise Problem(401, "the signature is wrong, or the timestamp is more than five minutes off")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/cloudevents+json":
            raise Problem(415, "an event comes as application/cloudevents+json")
        try:
            self._keep(party, body)
        except msgspec.DecodeError as error:
            raise Problem(400, f"this is no CloudEvent: {error}") from error
        return 202

    def _is_theirs(self, secret: str, headers: Mapping[str, str], body: bytes) -> bool:
        return is_signed(secret, headers, body, self._layer.timing.unix())

    def _keep(self, party: str, body: bytes) -> None:
        """Raises: msgspec.DecodeError when it is no CloudEvent."""
        self._layer.worker.accept(party, body)

    def _health(self) -> tuple[int, Any]:
        layer = self._layer
        unwell = {
            name: "its circuit is open" for name in layer.settings.parties if layer.calls.unreachable_for_s(name) > 0
        }
        if not layer.is_ready():
            return 503, {"status": "down", "parties": unwell}
        counts = {"pending": layer.store.pending(), "deadLetters": layer.store.dead()}
        return 200, {"status": "degraded" if unwell else "up", "parties": unwell, **counts}

    def _metrics(self) -> bytes:
        store = self._layer.store
        gauges = {
            "layer_pending": ("Events that wait to be worked off.", store.pending()),
            "layer_dead_letters": ("Events that are set aside.", store.dead()),
        }
        return self._layer.metrics.text(gauges).encode()

    def _dead_letters(self, query: Mapping[str, str]) -> Any:
        if not CURSOR.fullmatch(query.get("cursor", "0")):
            raise Problem(400, "this is no cursor of ours", code="invalid-cursor")
        try:
            asked = msgspec.convert(query, Page, strict=False)
        except msgspec.ValidationError as error:
            raise Problem(400, str(error)) from error
        items = [self._shown(message) for message in self._layer.store.dead_letters(asked.order_id or None)]
        wanted = [each for each in items if asked.status in (msgspec.UNSET, each["status"])]
        end = asked.cursor + asked.limit
        return {"items": wanted[asked.cursor : end], "nextCursor": str(end) if end < len(wanted) else None}

    async def _replay(self, number: str) -> Any:
        message = self._layer.store.message(int(number)) if number.isdecimal() else None
        if message is None or message.set_aside_at is None:
            raise Problem(404, f"there is no dead letter {number}")
        await self._layer.worker.replay(message.number)
        return self._shown(self._layer.store.message(message.number) or message)

    def _shown(self, message: Message) -> dict[str, Any]:
        event = msgspec.json.decode(message.event, type=Event)
        knowledge = self._layer.store.knowledge(message.order_key)
        cases = msgspec.json.decode(knowledge, type=Knowledge).cases if knowledge else {}
        case_id = next((case for about, case in cases.items() if case and about.startswith("integration-error:")), "")
        shown = {
            "deadLetterId": str(message.number),
            "party": message.source,
            "eventId": event.id,
            "eventType": event.type if event.type.startswith("crossdock.") else "",  # else it is something of a file
            "subject": event.subject,
            "orderId": "" if ":" in message.order_key else message.order_key,
            "reason": message.reason,
            "attempts": message.tries + message.replays + 1,
            "status": "replayed" if message.state == "done" else "setAside",
            "setAsideAt": datetime.fromtimestamp(message.set_aside_at or 0, UTC),
            "caseId": case_id,
        }
        return {name: value for name, value in shown.items() if value != ""}

    async def _drain(self, headers: Mapping[str, str], body: bytes) -> Any:
        """Everything that waits is tried again within half a second anyway, or after a back-off of a few at most."""
        if body and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Problem(400, "what is asked comes as application/json")
        try:
            asked = msgspec.json.decode(body or b"{}", type=DrainRequest)
        except msgspec.DecodeError as error:
            raise Problem(400, str(error)) from error
        timing, store = self._layer.timing, self._layer.store
        until = timing.monotonic() + asked.timeout_s
        while (pending := store.pending()) and timing.monotonic() < until:
            await timing.sleep(DRAIN_LOOK_S)
        return {"drained": pending == 0, "pending": pending}

    def _erps(self, headers: Mapping[str, str], body: bytes) -> Table:
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Problem(400, "the table comes as application/json")
        try:
            table = msgspec.json.decode(body, type=Table)
        except msgspec.DecodeError as error:
            raise Problem(400, str(error)) from error
        unknown = sorted({row.erp for row in table.rows} - self._layer.settings.parties.keys())
        if unknown:
            raise Problem(400, f"we know of no {unknown[0]}")
        self._layer.calls.erps.learn(table)
        return table


async def _whole_body(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            raise Problem(413, f"a body has at most {LARGEST_BODY} octets")
        if not message.get("more_body", False):
            return b"".join(parts)
