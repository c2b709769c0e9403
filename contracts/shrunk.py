"""A failure shrunk to what it takes. Its schema is contracts/harness/v1/shrunk.json."""

from __future__ import annotations

import msgspec

SCHEMA = "https://contracts.crossdock.example/harness/v1/shrunk.json"


class Shrunk(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The document. `before` and `after` count what there is of what can be taken away; `tries` is how often a
    candidate was run before it was taken not to show the finding, `shown` how often of `asked` the whole of it did.
    """

    schema: str = SCHEMA
    command: str
    kind: str
    summary: str
    before: dict[str, int]
    after: dict[str, int]
    minimal: bool
    virtual: bool
    runs: int
    tries: int
    shown: int
    asked: int
    plan: str
    scenarios: tuple[str, ...]
