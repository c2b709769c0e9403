"""What a party answers: to what was done, to what it refuses, and in the words of a fault."""

from __future__ import annotations

import math

import msgspec

from ....contracts.openapi import Api, Operation
from ...idempotency import StoredAnswer
from ...interference import Answer as FaultAnswer
from ...party import Performed
from ...refusal import Refusal
from ...transaction import Page
from .exchange import JSON, Answer
from .locations import Locations
from .problem import MEDIA_TYPE, HttpRefusal, problem

# What a fault answers with is as the contract has it, where the contract has a problem for it.
_PROBLEM_OF_FAULT = {401: "unauthenticated", 429: "too-many-requests", 503: "unavailable"}


class Answers:
    """The answers of one party."""

    def __init__(self, party: str, api: Api) -> None:
        self._party = party
        self._locations = Locations(api)
        self._encode = msgspec.json.Encoder().encode

    def done(self, operation: Operation, performed: Performed) -> Answer:
        """What an operation gave, with its ETag, and its Location when it is new."""
        result = performed.result
        if isinstance(result, Page):
            return Answer(operation.success, self._encode({"items": result.items, "nextCursor": result.next_cursor}))
        headers: list[tuple[bytes, bytes]] = []
        version = getattr(result, "version", None)
        if version is not None:
            headers.append((b"etag", b'"%d"' % version))
        if operation.success == 201 and (location := self._locations.of(operation, result)):
            headers.append((b"location", location))
        if performed.octets is None:
            return Answer(operation.success, self._encode(result), tuple(headers))
        return Answer(operation.success, performed.octets, tuple(headers), JSON, result, performed.record_id)

    def again(self, stored: StoredAnswer) -> Answer:
        """What was answered the first time, marked as such."""
        headers = (*stored.headers, (b"idempotent-replayed", b"true"))
        body = stored.body if isinstance(stored.body, bytes) else self._encode(stored.body)
        return Answer(stored.status, body, headers, MEDIA_TYPE if stored.status >= 400 else JSON)

    def refused(self, refusal: Refusal, exchange: int) -> Answer:
        document = problem(refusal, exchange)
        headers: list[tuple[bytes, bytes]] = []
        if isinstance(refusal, HttpRefusal):
            headers.extend(refusal.headers)
        if refusal.retry_after_s is not None:
            headers.append((b"retry-after", str(math.ceil(refusal.retry_after_s)).encode()))
        return Answer(document.status, self._encode(document), tuple(headers), MEDIA_TYPE)

    def misled(self, effect: FaultAnswer, exchange: int) -> Answer:
        """A fault's answer; with the contract's problem document where the fault says nothing itself.

        Raises: ValueError when a header field of it would be more than one line.
        """
        headers = tuple((name.lower().encode(), value.encode()) for name, value in effect.headers)
        if any(b"\r" in text or b"\n" in text for header in headers for text in header):
            raise ValueError(f"fault {effect.fault} has a line break in a header field: {effect.headers}")
        code = _PROBLEM_OF_FAULT.get(effect.status)
        if effect.body or code is None:
            return Answer(effect.status, effect.body, headers, MEDIA_TYPE)
        document = problem(Refusal(code, f"{self._party} does not take this request now"), exchange)
        return Answer(effect.status, self._encode(document), headers, MEDIA_TYPE)
