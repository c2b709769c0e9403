"""Log lines on stderr, one JSON object each. What is logged is ids, statuses and reasons; never a body or a header."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TextIO

import msgspec

from .ports import Timing


class Log:
    """Call it with what happened and the ids that it happened to. `counted` hears of it too."""

    def __init__(
        self,
        timing: Timing,
        to: TextIO = sys.stderr,
        counted: Callable[[str, Mapping[str, object]], None] = lambda _what, _fields: None,
    ) -> None:
        self._timing = timing
        self._to = to
        self._counted = counted

    def __call__(self, what: str, **fields: object) -> None:
        self._counted(what, fields)
        at = datetime.fromtimestamp(self._timing.unix(), UTC).isoformat(timespec="milliseconds")
        known = {name: value for name, value in fields.items() if value not in (None, "")}
        self._to.write(msgspec.json.encode({"at": at, "what": what, **known}, enc_hook=str).decode() + "\n")
