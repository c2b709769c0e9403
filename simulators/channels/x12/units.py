"""Units of measure in X12: element 355 has two characters, where UN/ECE Rec 20 has three for most of what is weighed or
measured. Where both agree (EA, CA, PL) the code is the same.
"""

from __future__ import annotations

CODES = {"KGM": "KG", "GRM": "GR", "MTR": "MR", "LTR": "LT", "MTK": "SM"}
"""Unit of the canonical model → element 355."""
_UNITS = {code: unit for unit, code in CODES.items()}


def code_of(unit: str) -> str:
    """As it stands in a segment."""
    return CODES.get(unit, unit)


def unit_of(code: str) -> str:
    """What a segment means."""
    return _UNITS.get(code, code)
