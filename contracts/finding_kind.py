"""What findings of different runs have in common: the same law, broken in the same way.

A finding's key names the very order, shipment or journal entry; another run of the same plan has others.
"""

from __future__ import annotations

import re

from .result import Finding

# A part of a key that names one thing of one run: every id, number, line and item has a digit.
_NAMES_ONE = re.compile(r"[^/]*[0-9][^/]*")


def kind_of(finding: Finding) -> str:
    """The invariant and what sort of thing it was broken by: `S1/status/#`, `M1/#/#/quantity`, `E1`."""
    _, _, what = finding.key.partition("/")[2].partition("/")
    return "/".join(part for part in (finding.invariant, _NAMES_ONE.sub("#", what)) if part)
