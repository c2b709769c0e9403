"""Defects of the envelope: headers, trailers, counts and control numbers (see `defects`)."""

from __future__ import annotations

import random

Segments = list[list[str]]


def _set_end(segments: Segments) -> int:
    return next(index for index, segment in enumerate(segments) if segment[0] == "SE")


def _spoil_first(segments: Segments, segment_id: str, position: int, value: str) -> bool:
    segment = next(segment for segment in segments if segment[0] == segment_id)
    segment[position] = value
    return True


def set_not_supported(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "ST", 1, "999")


def set_of_another_group(_chance: random.Random, segments: Segments) -> bool:
    other = "OW" if segments[1][1] != "OW" else "SW"
    return _spoil_first(segments, "GS", 1, other)


def no_set_trailer(_chance: random.Random, segments: Segments) -> bool:
    del segments[_set_end(segments)]
    return True


def set_numbers_differ(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "SE", 2, "9999")


def segments_miscounted(_chance: random.Random, segments: Segments) -> bool:
    """As if ST and SE were not counted."""
    begin = next(index for index, segment in enumerate(segments) if segment[0] == "ST")
    return _spoil_first(segments, "SE", 1, str(_set_end(segments) - begin - 1))


def set_number_used_twice(_chance: random.Random, segments: Segments) -> bool:
    heads = [segment for segment in segments[: _first_group_end(segments)] if segment[0] in ("ST", "SE")]
    if len(heads) < 4:
        return False
    heads[2][2] = heads[3][2] = heads[0][2]
    return True


def _first_group_end(segments: Segments) -> int:
    return next(index for index, segment in enumerate(segments) if segment[0] == "GE")


def version_not_supported(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "GS", 8, "009999")


def group_not_supported(_chance: random.Random, segments: Segments) -> bool:
    """The code that some take for a 943."""
    return _spoil_first(segments, "GS", 1, "WA")


def no_group_trailer(_chance: random.Random, segments: Segments) -> bool:
    del segments[_first_group_end(segments)]
    return True


def group_numbers_differ(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "GE", 2, "987")


def sets_miscounted(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "GE", 1, "77")


def interchange_numbers_differ(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "IEA", 2, "999999998")


def trailer_number_with_blanks(_chance: random.Random, segments: Segments) -> bool:
    segments[-1][2] += "  "
    return True


def groups_miscounted(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "IEA", 1, "44")


def file_ends_early(_chance: random.Random, segments: Segments) -> bool:
    segments.pop()
    return True


def unknown_sender_qualifier(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "ISA", 5, "QQ")


def no_interchange_date(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "ISA", 9, "261399")


def unknown_usage(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "ISA", 15, "X")


def malformed_set_number(_chance: random.Random, segments: Segments) -> bool:
    end = _set_end(segments)
    return _spoil_first(segments, "ST", 2, "A-01") and _spoil_first(segments[end:], "SE", 2, "A-01")


def malformed_group_number(_chance: random.Random, segments: Segments) -> bool:
    return _spoil_first(segments, "GS", 6, "A1") and _spoil_first(segments, "GE", 2, "A1")
