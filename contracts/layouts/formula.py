"""Texts that a spreadsheet would take for a formula, and would run: whoever opens the file runs what a stranger wrote.

A formula begins with = @ + or -, or with what a spreadsheet skips; a phone number or a number, which begins with + or -
and has nothing but digits and the signs between them, is none.

Escaped, a formula is written behind an apostrophe, which spreadsheets take for "this is text" and do not show. So that
it can be taken away again without doubt, a text that looks escaped already gets one more; any other apostrophe at the
beginning ('s-Hertogenbosch) is left alone.

Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import re

_STARTS = "=+\\-@\\t\\r\\n＝＋－＠"
_FORMULA = re.compile(rf"(?![+-][0-9 ()./-]*\Z)[{_STARTS}]")
_ESCAPED = re.compile(f"'+[{_STARTS}]")


def is_formula(text: str) -> bool:
    return _FORMULA.match(text) is not None


def escape(text: str) -> str:
    return f"'{text}" if is_formula(text) or _ESCAPED.match(text) else text


def unescape(text: str) -> str:
    """What `escape` was given. A formula that is not escaped stays what it is."""
    return text[1:] if _ESCAPED.match(text) else text
