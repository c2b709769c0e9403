"""What the layer exposes over HTTP: webhooks, health, dead letters, drain (contracts/layer/v1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec

from .documents import Event, Knowledge
from .store import Message

if TYPE_CHECKING:
    from .layer import Layer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
SIGNED_WITHIN_S = 300
LARGEST_BODY = 1 << 20
DRAIN_S, DRAIN_LOOK_S = 30.0, 0.05


class Problem(Exception):
    """An answer that says no (RFC 9457)."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


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
        media_type = b"application/json"
        try:
            status, content = await self._answer(scope, receive)
        except Problem as problem:
            media_type, status = b"application/problem+json", problem.status
            content = {"type": "about:blank", "status": status, "detail": str(problem)}
        body = b"" if content is None else msgspec.json.encode(content)
        headers = [(b"content-type", media_type)] if body else []
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
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        body = await _whole_body(receive)
        match [scope["method"], *scope["path"].strip("/").split("/")]:
            case ["POST", "webhooks", party]:
                return self._webhook(party, headers, body), None
            case ["GET", "health"]:
                return self._health()
            case ["GET", "dead-letters"]:
                return 200, self._dead_letters(query)
            case ["POST", "dead-letters", number, "replay"]:
                return 200, await self._replay(number)
            case ["POST", "drain"]:
                return 200, await self._drain(body)
        raise Problem(404, f"there is no {scope['method']} {scope['path']}")

    def _webhook(self, party: str, headers: Mapping[str, str], body: bytes) -> int:
        """202 once the event is on disk. Nothing else is done before the answer."""
        known = self._layer.settings.parties.get(party)
        if known is None:
            raise Problem(404, f"there is no party {party}")
        if not is_signed(known.webhook_secret, headers, body, self._layer.timing.unix()):
            raise Problem(401, "the signature is wrong, or the timestamp is more than five minutes off")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/cloudevents+json":
            raise Problem(415, "an event comes as application/cloudevents+json")
        try:
            self._keep(party, body)
        except msgspec.DecodeError as error:
            raise Problem(400, f"this is no CloudEvent: {error}") from error
        return 202

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

    def _dead_letters(self, query: Mapping[str, str]) -> Any:
        """All on one page: who has more than fits there has other worries."""
        items = [self._shown(message) for message in self._layer.store.dead_letters(query.get("orderId"))]
        return {"items": [each for each in items if query.get("status") in (None, each["status"])], "nextCursor": None}

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

    async def _drain(self, body: bytes) -> Any:
        """Everything that waits is tried again within half a second anyway, or after a back-off of a few at most."""
        try:
            asked = msgspec.json.decode(body or b"{}", type=dict[str, float])
        except msgspec.DecodeError as error:
            raise Problem(400, str(error)) from error
        timing, store = self._layer.timing, self._layer.store
        until = timing.monotonic() + asked.get("timeoutS", DRAIN_S)
        while (pending := store.pending()) and timing.monotonic() < until:
            await timing.sleep(DRAIN_LOOK_S)
        return {"drained": pending == 0, "pending": pending}


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
