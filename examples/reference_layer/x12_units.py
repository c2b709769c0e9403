"""Units of measure in X12, which has two characters for each, and what the parties call them."""

from __future__ import annotations

CODES = {"KGM": "KG", "GRM": "GR", "MTR": "MR", "LTR": "LT", "MTK": "SM"}
UNITS = {code: unit for unit, code in CODES.items()}


def code_of(unit: str) -> str:
    return CODES.get(unit, unit)


def unit_of(code: str) -> str:
    return UNITS.get(code, code)
