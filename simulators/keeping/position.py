"""Where a world stands, beside what its parties have on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec


class Position(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """`now` is business time, `wire_s` the wire clock, `numbers` the last of each sequence of ids, `first` the place of
    the oldest event in each party's feed, `journal` the number of the last entry.
    """

    now: datetime
    wire_s: float
    numbers: Mapping[str, int]
    first: Mapping[str, int]
    journal: int


class Cast(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a world is from its beginning: `channels` is party → how it speaks, in order; `starts` counts how often it
    was started.
    """

    mark: str
    seed: int
    channels: Mapping[str, str]
    starts: int
