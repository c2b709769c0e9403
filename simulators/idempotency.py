"""Idempotency keys: the same request twice has one effect and one answer.

draft-ietf-httpapi-idempotency-key-header-07: same key and same payload → the stored answer, errors included; same key
with another payload → 422; the first still in flight → 409. Keys belong to a client and an operation and are kept 24 h.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

import msgspec

from .refusal import FieldError, Refusal

KEPT_S = 24 * 3600.0
Key = tuple[str, str, str]


class StoredAnswer(msgspec.Struct, frozen=True, gc=False):
    """What was answered the first time. A record as the body stands for its JSON: the party has it anyhow, and its JSON
    would take kilobytes.
    """

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes | msgspec.Struct


class _Kept(msgspec.Struct, gc=False):
    fingerprint: bytes
    until: float
    answer: StoredAnswer | None = None


class IdempotencyKeys:
    """The keys one party has seen."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()

    def begin(self, key: Key, payload: bytes, now: float) -> StoredAnswer | None:
        """Take up a request: None to carry it out, or the answer that was given to it before.

        Raises: Refusal `idempotency-key-reused` (422), `idempotency-key-in-flight` (409).
        """
        while self._kept and next(iter(self._kept.values())).until <= now:
            self._kept.popitem(last=False)
        fingerprint = hashlib.sha256(payload).digest()
        kept = self._kept.get(key)
        if kept is None:
            self._kept[key] = _Kept(fingerprint, now + KEPT_S)
            return None
        if kept.fingerprint != fingerprint:
            problem = f"Idempotency-Key {key[2]!r} was used before with another payload: a new request needs a new key"
            raise Refusal("idempotency-key-reused", problem, FieldError(problem, parameter="Idempotency-Key"))
        if kept.answer is None:
            problem = f"the first request with Idempotency-Key {key[2]!r} is still being worked on: repeat it shortly"
            raise Refusal("idempotency-key-in-flight", problem, FieldError(problem, parameter="Idempotency-Key"))
        return kept.answer

    def settle(self, key: Key, answer: StoredAnswer) -> None:
        """Keep what the request came to, to be given again; no matter when the key is gone by then (a reset)."""
        if kept := self._kept.get(key):
            kept.answer = answer

    def forget(self, key: Key) -> None:
        """The request was not carried out for a passing reason (no answer worth repeating): let it be tried again."""
        self._kept.pop(key, None)

    def clear(self) -> None:
        self._kept.clear()
