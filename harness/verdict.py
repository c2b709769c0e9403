"""Verdicts, and the one way in which they combine.

Nothing but an exercised check passes. A failure sticks. A fault of the harness is never a pass and never a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a check, a scenario or a run came to."""

    PASS = "PASS"
    FAIL = "FAIL"
    NOT_EXERCISED = "NOT_EXERCISED"
    CONFIG_ERROR = "CONFIG_ERROR"
    HARNESS_ERROR = "HARNESS_ERROR"


# The worst first: whatever stands further up wins.
_PRECEDENCE = (Verdict.FAIL, Verdict.HARNESS_ERROR, Verdict.CONFIG_ERROR, Verdict.NOT_EXERCISED, Verdict.PASS)

EXIT_CODES = {
    Verdict.PASS: 0,
    Verdict.FAIL: 1,
    Verdict.CONFIG_ERROR: 2,
    Verdict.NOT_EXERCISED: 3,
    Verdict.HARNESS_ERROR: 3,
}


def merge(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of all together; of nothing, NOT_EXERCISED."""
    found = set(verdicts)
    return next((verdict for verdict in _PRECEDENCE if verdict in found), Verdict.NOT_EXERCISED)
