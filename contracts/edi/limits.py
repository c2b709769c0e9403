"""How much a reader takes, so that no file can make it grow without bound or hang."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Past a limit of a segment the interchange ends with an error, past one of a set that set is rejected.

    Of a group no more results are kept than GE01 (N0 1/6) can count; with more sets its count is wrong: it is rejected.
    """

    segment_characters: int = 20_000
    set_segments: int = 200_000
    set_characters: int = 32_000_000
    set_errors: int = 1_000
    group_sets: int = 999_999


USUAL = Limits()
