"""A fact with its proof: what was seen, and where the journal has it."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar

import msgspec

from ..simulators.journal import Entry

T = TypeVar("T")


class Seen(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """A fact and where the journal has it: `seq` of the commit, `exchange` of the request behind it (0 for a party's
    own work).
    """

    what: T
    seq: int
    exchange: int
    at: datetime
    party: str

    @classmethod
    def of(cls, entry: Entry, what: T) -> Seen[T]:
        return cls(what, entry.seq, entry.exchange, entry.at, entry.party)

    @property
    def place(self) -> str:
        """Where to look it up, in words: the exchange that made it, or the entry of the party's own work."""
        return f"exchange {self.exchange}" if self.exchange else f"journal {self.seq}"
