"""What a request from a queue came to, before anybody hears of it."""

from __future__ import annotations

from dataclasses import dataclass

from ...interference import RequestEffect
from ...journal import Kind
from .asked import Asked


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is the journal's: `ok` when it took effect, `fail` when it certainly did not, `info` when the caller can't
    know. `status` and `body` are the reply's.

    `poison`: why the message is set aside, "" when it is not. `crashes`: the reader dies now, before anybody hears of
    it. `effect` is the fault that struck, `instead` the status that it took the place of.
    """

    asked: Asked
    kind: Kind
    status: int
    body: bytes
    replayed: bool = False
    poison: str = ""
    crashes: bool = False
    effect: RequestEffect | None = None
    instead: int = 0
