"""Which versions of its API a party serves, and how one ends: announced, a while beside its successor, gone.

One set of rules stands behind all of them; what differs is how a version says things (channels/http/dialect.py). Of a
party that speaks X12 these are the editions of its guides (channels/x12/editions.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

FIRST = "v1"


class Retirement(msgspec.Struct, frozen=True, gc=False):
    """A version that is to end, in business time: `since` it is deprecated, `ends` is when it is gone."""

    since: datetime
    ends: datetime
    successor: str


@dataclass(slots=True)
class Versions:
    """`served` are the versions that there are or have been, oldest first."""

    served: tuple[str, ...] = (FIRST,)
    retirements: dict[str, Retirement] = field(default_factory=dict)

    @property
    def newest(self) -> str:
        return self.served[-1]

    def gone(self, version: str, now: datetime) -> Retirement | None:
        """The end of a version, when it is over."""
        retirement = self.retirements.get(version)
        return retirement if retirement is not None and retirement.ends <= now else None


def version_in(path: str) -> str:
    """The version under which something is asked: the first segment of the path ("/v2/shipments" → "v2")."""
    return path[1:].partition("/")[0]
