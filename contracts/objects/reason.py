"""Why a party said no, or holds something back (contracts/canonical/v1/reason.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import LineId


class Reason(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`code` is one camelCase word, `detail` a sentence; `line_id` unless the whole document is meant."""

    code: str
    detail: str
    line_id: LineId | None = None
