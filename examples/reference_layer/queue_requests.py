"""What the layer asks of a warehouse over a broker: requests of its API, with what HTTP has in the path in headers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from .calls import Call, IdempotencyKeys
from .job import Job
from .paper import Outgoing
from .ports import Outlet, Queues
from .settings import Settings
from .store import Store

SERIES = "requests"


class Envelope(msgspec.Struct, frozen=True):
    """A request as it is kept until it is answered, whatever happens to us. `about` keeps its place among others."""

    operation: str
    about: str
    headers: dict[str, str]
    body: dict[str, Any]


def outgoing(job: Job, operation: str, about: str, path: Mapping[str, str], body: dict[str, Any], key: str) -> Outgoing:
    """The request under a name of its own: that is its message id, the same however often it is sent."""
    traced = job.parts.tracing.headers(Call("", operation, "", job.trace, key=key))
    envelope = Envelope(operation, about, {**traced, **path}, body)

    def write(number: int, now: datetime) -> tuple[str, bytes]:
        return f"{key}/{number}", msgspec.json.encode(envelope)

    return Outgoing(operation, write, SERIES, answer_counts=True)


class Postbox(Outlet):
    """Where requests go out, each to the queue of its warehouse."""

    def __init__(self, settings: Settings, queues: Queues, store: Store, keys: IdempotencyKeys) -> None:
        self._settings, self._queues, self._store, self._keys = settings, queues, store, keys

    async def put(self, partner: str, name: str, content: bytes) -> None:
        envelope = msgspec.json.decode(content, type=Envelope)
        known = self._store.dispatches.named(partner, name)
        headers = {
            **envelope.headers,
            "operation": envelope.operation,
            "message-id": self._keys.for_try(name, known.sendings + 1 if known else 1),
            "message-key": envelope.about,
            "correlation-id": name,
            "content-type": "application/json",
        }
        await self._queues.put(self._settings.addresses[partner], headers, msgspec.json.encode(envelope.body))
