"""How a version of a contract says what the rules know in the words of the first: an adapter at the edge.

The first version needs none. A dialect turns the body of a request into the first version's, and an answer of the first
version into its own; paths and headers are the same but for the version in front. Each is one module of `dialects`,
which registers itself here under `kind/version`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ....contracts.openapi import Operation, api
from ....contracts.registry import Registry
from ...party import Party
from ...versions import FIRST, version_in
from .exchange import JSON, Answer
from .router import Router

Turned = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Dialect:
    """operationId → what to make of a request's body, and of a successful answer's; what is absent is the same."""

    taken: Mapping[str, Turned] = field(default_factory=dict)
    given: Mapping[str, Turned] = field(default_factory=dict)


dialects: Registry[Dialect] = Registry("dialect", f"{__package__}.dialects")
_encode = msgspec.json.Encoder(order="sorted").encode
_NOTHING = Dialect()


class Edition:
    """One version of the API of a kind of party, as a server needs it. Raises: UnknownId when no dialect knows it."""

    def __init__(self, kind: str, version: str) -> None:
        self.version = version
        self.api = api(kind, version)
        self.router = Router(self.api.operations.values())
        self._dialect = _NOTHING if version == FIRST else dialects[f"{kind}/{version}"]
        self._turned = {name for key, each in dialects.items() if key.startswith(f"{kind}/") for name in each.taken}

    def taken(self, operation: Operation, payload: Any) -> Any:
        """A checked body, in the words of the first version."""
        turn = self._dialect.taken.get(operation.id)
        return payload if turn is None else turn(payload)

    def given(self, operation: Operation, answer: Answer) -> Answer:
        """An answer of the first version in the words of this one."""
        if self.version == FIRST:
            return answer
        headers = tuple((name, self._place(value) if name == b"location" else value) for name, value in answer.headers)
        turn = self._dialect.given.get(operation.id)
        if turn is None or answer.status >= 400 or answer.media_type != JSON or not answer.body:
            return msgspec.structs.replace(answer, headers=headers)
        return Answer(answer.status, msgspec.json.encode(turn(msgspec.json.decode(answer.body))), headers)

    def likeness(self, operation: Operation, path: str, body: bytes, payload: Any) -> bytes:
        """What two requests under the same Idempotency-Key must have in common, whichever their versions are."""
        if operation.id in self._turned and payload is not msgspec.UNSET:
            body = _encode(self.taken(operation, payload))
        return path.removeprefix(f"/{self.version}").encode() + b"\n" + body

    def _place(self, location: bytes) -> bytes:
        return location.replace(b"/%b/" % FIRST.encode(), b"/%b/" % self.version.encode(), 1)


class Editions:
    """The versions of a party's API that it serves, each made when it is first asked for."""

    def __init__(self, party: Party) -> None:
        self._party = party
        self._made: dict[str, Edition] = {}

    def of(self, path: str) -> Edition:
        """The version that a path asks for; the oldest where the party serves none such, which has nothing there."""
        served, version = self._party.versions.served, version_in(path)
        if version not in served:
            version = served[0]
        edition = self._made.get(version)
        if edition is None:
            edition = self._made[version] = Edition(self._party.kind, version)
        return edition
