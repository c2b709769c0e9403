"""Whether a value is what its data element says (X12.6, 3.5), as the codes of AK403.

Two views of the same rules: `value_error` judges one value and says what is wrong; `quick_pattern` is an expression
that matches only values that `value_error` finds nothing wrong with, though not all of them (29 February, text that
is not ASCII, unusual numbers). What it matches needs no second look.
"""

from __future__ import annotations

import re
from calendar import monthrange

from .guide import Characters, Element
from .separators import Separators

MISSING, CONDITIONAL_MISSING, TOO_MANY = "1", "2", "3"
TOO_SHORT, TOO_LONG, BAD_CHARACTER, BAD_CODE = "4", "5", "6", "7"
BAD_DATE, BAD_TIME, EXCLUDED = "8", "9", "10"

_BASIC = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !\"&'()*+,-./:;?=")
_PRINTABLE = frozenset(map(chr, range(0x20, 0x7F)))
_NUMBER = {"N": re.compile(r"-?[0-9]+"), "R": re.compile(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)")}
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9]"


def value_error(value: str, element: Element, separators: Separators, characters: Characters) -> str:
    """The code of what is wrong with a value that is not empty; "" when nothing is.

    Trailing spaces are not told here: they are superfluous, not wrong (see `has_trailing_spaces`).
    """
    if _has_bad_character(value, separators, characters):
        return BAD_CHARACTER
    if element.type in ("AN", "ID"):
        if not value.strip(" ") and element.closed_codes is None:
            return BAD_CHARACTER
        bare = value.rstrip(" ")
        return _length_error(max(len(bare), min(len(value), element.shortest)), element) or _code_error(value, element)
    if element.type == "DT":
        return _date_error(value, element)
    if element.type == "TM":
        return _time_error(value, element)
    if not _NUMBER[element.type[0]].fullmatch(value):
        return BAD_CHARACTER
    return _length_error(sum(character.isdecimal() for character in value), element)


def has_trailing_spaces(value: str, element: Element) -> bool:
    """Whether text ends in spaces that its least length does not demand."""
    return element.type in ("AN", "ID") and value[-1:] == " " and len(value) > element.shortest


def _has_bad_character(value: str, separators: Separators, characters: Characters) -> bool:
    if characters == "unicode":
        bad = not value.isprintable()
    else:
        bad = not (_BASIC if characters == "basic" else _PRINTABLE).issuperset(value)
    return bad or any(separator in value for separator in separators.all)


def _length_error(length: int, element: Element) -> str:
    if length < element.shortest:
        return TOO_SHORT
    return TOO_LONG if length > element.longest else ""


def _code_error(value: str, element: Element) -> str:
    codes = element.closed_codes
    return BAD_CODE if codes is not None and value.rstrip(" ") not in codes else ""


def _date_error(value: str, element: Element) -> str:
    if not value.isdecimal():
        return BAD_DATE
    if found := _length_error(len(value), element):
        return found
    if len(value) == 6:  # YYMMDD: the century is not told, so every fourth year may have a leap day
        year = 2000 + int(value[:2])
    else:
        year = int(value[:-4])
    month, day = int(value[-4:-2]), int(value[-2:])
    return "" if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else BAD_DATE


def _time_error(value: str, element: Element) -> str:
    if not value.isdecimal():
        return BAD_TIME
    if found := _length_error(len(value), element):
        return found
    hours, minutes, seconds = int(value[:2]), int(value[2:4]), int(value[4:6] or 0)
    is_time = len(value) != 5 and hours < 24 and minutes < 60 and seconds < 60
    return "" if is_time else BAD_TIME


def quick_pattern(element: Element, separators: Separators, characters: Characters) -> str:
    """A regular expression, without capturing groups, that matches no wrong value and nothing with a separator."""
    low, high = element.shortest, element.longest
    kind = element.type
    if kind in ("AN", "ID"):
        if element.closed_codes is not None:
            codes = sorted(code for code in element.closed_codes if low <= len(code) <= high)
            fit = [re.escape(code) for code in codes if not _has_bad_character(code, separators, characters)]
            return f"(?:{'|'.join(fit)})" if fit else "(?!)"
        return _text(low, high, separators, characters)
    if kind == "DT":
        return f"{'[0-9]{2}' if high == 6 else '(?:19|20)[0-9]{2}'}{_MONTH_DAY}" if low == high else "(?!)"
    if kind == "TM":
        return _TIME if high < 6 else f"{_TIME}(?:[0-5][0-9](?:[0-9][0-9])?)?" if (low, high) == (4, 8) else "(?!)"
    digits = f"[0-9]{{{low},{high}}}"
    if kind == "R" and "." not in separators.all:
        digits = f"(?:{digits}|(?=[0-9.]{{{low + 1},{high + 1}}}(?![0-9.]))[0-9]*\\.[0-9]+)"
    return digits if "-" in separators.all else f"-?{digits}"


def _text(low: int, high: int, separators: Separators, characters: Characters) -> str:
    allowed = sorted((_BASIC if characters == "basic" else _PRINTABLE).difference(separators.all, " "))
    last = "".join(map(re.escape, allowed))
    return f"[ {last}]{{{low - 1},{high - 1}}}[{last}]"
