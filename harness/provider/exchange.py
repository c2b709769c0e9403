"""A call of a provider and its answer, as rules look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from ...contracts.openapi import Operation

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it went over the wire. Names of header fields are in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    def having(self, **headers: str) -> Sent:
        """The same with these header fields (`if_match` for If-Match)."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})

    def without(self, *names: str) -> Sent:
        """The same less these header fields."""
        return replace(self, headers={name: value for name, value in self.headers.items() if name not in names})

    def carrying(self, payload: Any) -> Sent:
        """The same with this value as its JSON body."""
        return replace(self, body=msgspec.json.encode(payload))

    @property
    def payload(self) -> Any:
        """The JSON value of the body; None when there is none."""
        return _json(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. Names of header fields are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The JSON value of the body; None when there is none."""
        return _json(self.body)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def code(self) -> str:
        """The `code` of a problem document, "" of anything else."""
        document = self.json
        return str(document.get("code", "")) if isinstance(document, dict) else ""

    def told(self) -> str:
        """The answer in a few words: `409 too-late`."""
        return f"{self.status} {self.code}".strip()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call of an operation and what came back. `sound`: the call keeps the contract, as far as whoever made it up
    knows.
    """

    operation: Operation
    sent: Sent
    reply: Reply
    sound: bool = field(default=True)

    @property
    def done(self) -> bool:
        """Whether the operation took effect."""
        return 200 <= self.reply.status < 300

    @property
    def repeated(self) -> bool:
        """Whether it is a repetition already: the provider may forget its key any moment, and the object be gone."""
        return "idempotent-replayed" in self.reply.headers


def _json(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body) if body else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
