"""What the journal keeps of an exchange over HTTP: never a secret, never more than a page of somebody's text."""

from __future__ import annotations

from typing import Any

import msgspec

from ...interference import RequestEffect
from ...journal import COMMITTED, Journal, Kind
from .exchange import JSON, Answer, Request
from .problem import MEDIA_TYPE

# These carry secrets: the journal keeps that they happened, not what they said.
SECRET_OPERATIONS = frozenset(
    {"issueToken", "createWebhookSubscription", "getWebhookSubscription", "listWebhookSubscriptions"}
)
KEPT_BODY = 65_536
KEPT_TEXT = 1_000


class ExchangeRecord:
    """Writes the entries of one party's exchanges."""

    def __init__(self, journal: Journal, party: str) -> None:
        self._journal = journal
        self._party = party

    def asked(self, request: Request, name: str) -> int:
        """A request came in; the number of the exchange.

        A body that keeps the contract is kept as JSON: only of such is it sure that every reader can follow its depth.
        """
        detail: dict[str, Any] = {"method": request.method, "path": request.path}
        if key := request.header("idempotency-key"):
            detail["idempotencyKey"] = key
        if name not in SECRET_OPERATIONS:
            if request.query:
                detail["query"] = request.query.decode("latin-1")
            if request.sound and len(request.body) <= KEPT_BODY:
                detail["body"] = _one_line(request.body)
            elif request.body:
                detail["text"] = request.body[:KEPT_TEXT].decode("utf-8", "replace")
        return self._write("invoke", request, name, 0, detail)

    def struck(self, request: Request, name: str, effect: RequestEffect) -> None:
        """A fault struck the exchange."""
        detail = {"operation": name, "effect": type(effect).__name__.lower()}
        self._write("fault", request, effect.fault, request.exchange, detail)

    def answered(self, request: Request, name: str, kind: Kind, answer: Answer | None, **detail: Any) -> None:
        """What became of the exchange; without an answer the caller got none."""
        shorter: dict[str, Any] | None = None
        if answer is not None:
            detail["status"] = answer.status
            kept = answer.body and len(answer.body) <= KEPT_BODY and answer.media_type in (JSON, MEDIA_TYPE)
            if kept and name not in SECRET_OPERATIONS:
                if answer.record_id is None:
                    detail["body"] = _one_line(answer.body)
                else:  # our own JSON, which has no line breaks
                    shorter = {**detail, COMMITTED: answer.record_id}
                    detail["body"] = msgspec.Raw(answer.body)
        self._write(kind, request, name, request.exchange, detail, shorter)

    def _write(
        self,
        kind: Kind,
        request: Request,
        name: str,
        exchange: int,
        detail: dict[str, Any],
        written: dict[str, Any] | None = None,
    ) -> int:
        return self._journal.append(
            kind,
            self._party,
            "http",
            name,
            exchange=exchange,
            client=request.client,
            correlation=request.correlation,
            trace=request.trace,
            order_id=request.order_id,
            detail=detail,
            written=written,
        )


def _one_line(body: bytes) -> msgspec.Raw:
    # Raw line breaks can only stand between JSON tokens, and a journal entry is one line.
    return msgspec.Raw(body.replace(b"\r", b" ").replace(b"\n", b" ") if b"\n" in body or b"\r" in body else body)
