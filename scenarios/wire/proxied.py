"""The exchanges that the proxy asks about: which message each is, what is to happen to it, and which exchange it turns
out to be at its party.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl

import msgspec

from ...contracts.openapi import api
from ...simulators.channels.http.router import Router
from ...simulators.interference import Message
from ...simulators.refusal import Refusal
from ...simulators.versions import version_in
from ...simulators.world import World
from .proxy_effect import AnyEffect
from .proxy_words import Asked, Spared, Struck
from .strike import Strike


class Decider(Protocol):
    """Who says what happens to a request that has come to the proxy."""

    def passing(self, message: Message) -> tuple[AnyEffect, Strike] | None:
        """None to let it pass."""


@dataclass(slots=True, eq=False)
class Ahead:
    """An exchange on which the proxy has something to do."""

    effect: AnyEffect
    strike: Strike


@dataclass(slots=True)
class Proxied:
    """All exchanges of a world that go through the proxy."""

    world: World
    decider: Decider | None = None
    _routers: dict[tuple[str, str], Router] = field(default_factory=dict)
    _by_number: dict[int, Ahead] = field(default_factory=dict)
    _by_port: dict[int, Ahead] = field(default_factory=dict)

    def decide(self, asked: Asked) -> AnyEffect | None:
        """What is to happen to a request."""
        self._by_port.pop(asked.port, None)  # over HTTP/1.1 the one before it is over
        found = self.decider.passing(self._message(asked)) if self.decider is not None else None
        if found is None:
            return None
        effect, strike = found
        self._by_number[asked.number] = self._by_port[asked.port] = Ahead(effect, strike)
        return effect

    def struck(self, word: Struck) -> None:
        """The proxy has done it."""
        ahead = self._by_number[word.number]
        ahead.strike(place="proxy", effect=type(ahead.effect).__name__.lower(), **word.detail)

    def spared(self, word: Spared) -> None:
        """The answer was no success: the fault waits for the next such request."""
        self._by_number.pop(word.number).strike.spare()

    def arrived(self, message: Message, port: int) -> Ahead | None:
        """A request has come to its party, from the proxy and there from this port: the strike learns which exchange it
        is. None when the proxy lets it be.
        """
        ahead = self._by_port.get(port)
        if ahead is not None:
            ahead.strike.message = message
        return ahead

    def _message(self, asked: Asked) -> Message:
        operation, path = self._operation(asked)
        lineage, body = self.world.lineage, _object(asked.body)
        order_id = lineage.trace(path, dict(parse_qsl(asked.query)), body)
        about = () if order_id else lineage.subjects(path, body)
        return Message("request", asked.party, operation, order_id, path=asked.path, about=about)

    def _operation(self, asked: Asked) -> tuple[str, Mapping[str, str]]:
        """The operation that is asked for, "" when there is none such, and the parameters in its path."""
        party, version = self.world.parties[asked.party], version_in(asked.path)
        if version not in party.versions.served:
            return "", {}
        if (party.kind, version) not in self._routers:
            self._routers[party.kind, version] = Router(api(party.kind, version).operations.values())
        try:
            operation, path = self._routers[party.kind, version].find(asked.method, asked.path)
        except Refusal:
            return "", {}
        return operation.id, path


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return document if isinstance(document, dict) else None
