"""What the journal keeps of a request from a queue: the same as of one over HTTP, with the queue for the path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ....contracts.queues import Commands
from ...interference import RequestEffect, Sendings
from ...journal import Journal, Kind
from .asked import Asked
from .broker import Delivery
from .outcome import Outcome

KEPT_BODY = 65_536
KEPT_TEXT = 1_000


class CommandRecord:
    """Writes the entries of the requests that a party takes from one queue."""

    def __init__(self, journal: Journal, party: str, commands: Commands) -> None:
        self._journal = journal
        self._party = party
        self._commands = commands

    def asked(self, asked: Asked, delivery: Delivery) -> int:
        """A request came in; the number of the exchange."""
        request, message = asked.request, delivery.message
        detail: dict[str, Any] = {"queue": self._commands.requests.name, "delivery": delivery.delivery}
        if asked.path:
            detail["parameters"] = dict(asked.path)
        if key := request.header("idempotency-key"):
            detail["idempotencyKey"] = key
        if message.id:
            detail["messageId"] = message.id
        if request.sound and len(message.body) <= KEPT_BODY:
            detail["body"] = request.payload
        elif message.body:
            detail["text"] = message.body[:KEPT_TEXT].decode("utf-8", "replace")
        return self._write("invoke", asked, asked.name, 0, detail)

    def struck(self, asked: Asked, effect: RequestEffect) -> None:
        """A fault struck the exchange."""
        detail = {"operation": asked.name, "effect": type(effect).__name__.lower()}
        self._write("fault", asked, effect.fault, asked.request.exchange, detail)

    def reply_struck(self, asked: Asked, sendings: Sendings) -> None:
        """A fault struck the reply on its way."""
        told = [{"afterS": each.after, "newId": each.new_id} for each in sendings.sendings]
        detail = {"operation": asked.name, "replies": told}
        self._write("fault", asked, sendings.fault, asked.request.exchange, detail)

    def answered(self, outcome: Outcome, *, heard: bool) -> None:
        """What became of the exchange; `heard`: a reply was published that says so."""
        kind: Kind = "info" if outcome.kind == "ok" and not heard else outcome.kind
        detail: dict[str, Any] = {} if outcome.effect is None else {"fault": outcome.effect.fault}
        if outcome.crashes:
            detail["crashed"] = True
        if not heard:
            detail["withheld"] = True
        else:
            detail["status"] = outcome.status
            if outcome.body and len(outcome.body) <= KEPT_BODY:
                detail["body"] = msgspec.Raw(outcome.body)
        if outcome.instead:
            detail["instead"] = outcome.instead
        if outcome.replayed:
            detail["replayed"] = True
        if outcome.poison and self._commands.requests.dead_letters is not None:
            detail["deadLetters"] = self._commands.requests.dead_letters.name
        self._write(kind, outcome.asked, outcome.asked.name, outcome.asked.request.exchange, detail)

    def _write(self, kind: Kind, asked: Asked, name: str, exchange: int, detail: Mapping[str, Any]) -> int:
        request = asked.request
        return self._journal.append(
            kind,
            self._party,
            "queue",
            name,
            exchange=exchange,
            client=request.client,
            correlation=request.correlation,
            trace=request.trace,
            order_id=request.order_id,
            detail=detail,
        )
