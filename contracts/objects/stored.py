"""What every stored object carries beside its own facts."""

from __future__ import annotations

import msgspec

from .timestamp import Timestamp


class Stored(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`version` rises by one with every change, from 1, and is the ETag; times are the party's business
    time.
    """

    version: int
    created_at: Timestamp
    updated_at: Timestamp
