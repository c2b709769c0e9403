"""Problem details, RFC 9457 (contracts/canonical/v1/problem.json)."""

from __future__ import annotations

import msgspec


class ProblemError(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """One field that is wrong: `pointer` (RFC 6901, into the body) or `parameter` (path, query or header)."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`type` is https://contracts.crossdock.example/problems/ and the code; `existing` the object in the
    way.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str | None = None
    existing: str | None = None
    errors: tuple[ProblemError, ...] | None = None
