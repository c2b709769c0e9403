"""Values and their types in the words that findings are told in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

LONGEST_VALUE = 80
TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def shown(value: Any) -> str:
    """The value as JSON, cut off when it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def near(value: Any, allowed: Iterable[str]) -> str:
    """ ": did you mean order?" where one of the allowed words is like the value, else nothing."""
    close = get_close_matches(value, list(allowed), n=1) if isinstance(value, str) else []
    return f": did you mean {close[0]}?" if close else ""


def plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
