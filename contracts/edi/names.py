"""What sets and segments are called that no guide describes, from `contracts/x12/names.yaml`."""

from __future__ import annotations

from functools import cache

from .dictionary import VERSION, checked, dictionary

DOCUMENT = "x12/names.yaml"


def set_name(set_id: str) -> str:
    """Purchase Order for 850; "" where nobody knows."""
    return _names("sets").get(set_id, "")


def segment_name(segment_id: str) -> str:
    """Baseline Item Data for PO1; "" where nobody knows."""
    known = dictionary(VERSION).segments.get(segment_id)
    return known.name if known else _names("segments").get(segment_id, "")


@cache
def _names(kind: str) -> dict[str, str]:
    found: dict[str, str] = checked(DOCUMENT, "Names")["names"][kind]
    return found
