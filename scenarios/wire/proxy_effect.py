"""What the proxy can do to one HTTP exchange: values that the harness decides on and the proxy's process carries out.

An effect on the answer strikes only a request that took effect (status below 400): what was refused is answered.
"""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

import msgspec


class Effect(msgspec.Struct, frozen=True, tag_field="do", tag=str.lower):
    """`at` is where it strikes."""

    at: ClassVar[Literal["request", "answer"]] = "answer"


class Drop(Effect, frozen=True):
    """End the connection in place of passing the request on: the party never sees it."""

    at: ClassVar[Literal["request", "answer"]] = "request"


class Lose(Effect, frozen=True):
    """End the connection in place of passing the answer on: the party has done what it was asked."""


class Late(Effect, frozen=True):
    """Begin the answer so many seconds late."""

    by_s: float


class Short(Effect, frozen=True):
    """Pass on this part of the body, less than its Content-Length says; then `closes` the connection, or keeps it open
    and says nothing more.
    """

    part: float
    closes: bool


class Mislabel(Effect, frozen=True):
    """Say a Content-Length that is so many octets less than the body has."""

    less_octets: int


class Replace(Effect, frozen=True):
    """Put something else in the body's place: `garbled` (octets of it overwritten), `html`, or `empty`. The status
    stays.
    """

    by: Literal["garbled", "html", "empty"]


class Double(Effect, frozen=True):
    """Send the same request `copies` times in all, the further ones `after_s` seconds after the first. The caller gets
    the answer to its own.
    """

    at: ClassVar[Literal["request", "answer"]] = "request"

    copies: int
    after_s: float


AnyEffect: TypeAlias = Drop | Lose | Late | Short | Mislabel | Replace | Double
