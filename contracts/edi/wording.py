"""Errors in words: what was expected, what was got."""

from __future__ import annotations

from .dictionary import dictionary
from .events import TransactionSet
from .findings import ElementError, GroupResult, SegmentError
from .guide import HEADING, Composite, Element, Guide, Use, leaves

_SHOWN = 40
_CODES_SHOWN = 12


def meaning(number: str, code: str, version: str = "004010") -> str:
    """What a code of an element of the dictionary means; the code itself where nothing is known of it."""
    element = dictionary(version).elements.get(number)
    codes = element.codes if isinstance(element, Element) else None
    return (codes or {}).get(code, "") or code


def segment_problem(error: SegmentError) -> str:
    """What is wrong with a segment as such."""
    where = f" in loop {error.loop}" if error.loop else ""
    return {
        "1": "is no segment that this guide knows" + (": write it in capitals" if error.segment.islower() else ""),
        "2": f"is not expected here{where}: what must come before it is not there",
        "3": f"is missing{where}, but must be there",
        "4": f"begins loop {error.loop} once more than is allowed",
        "5": f"stands there once more than is allowed{where}",
        "6": "is no segment of this set",
        "7": f"is out of sequence{where}: it belongs further up",
        "8": "has errors in its elements",
    }[error.code]


def element_problem(found: ElementError, error: SegmentError, guide: Guide | None) -> str:
    """What is wrong with an element, with what was expected."""
    use = _use(found, error, guide)
    element = use.element if use else None
    got = f"is {_shown(found.value)}"
    simple = element if isinstance(element, Element) else None
    if found.code == "6" and not found.noted and any("\udc80" <= character <= "\udcff" for character in found.value):
        return f"{got}, which is no UTF-8: another encoding, perhaps Windows-1252"
    if found.code == "3" and found.noted:
        return "ends in separators with nothing after them"
    if found.code == "6" and found.noted:
        return f"{got}, with spaces at its end that nothing needs"
    kind = f"type {simple.type}" if simple else "its type"
    length = _length(simple) if simple else "its length"
    return {
        "1": "is missing, but must be there",
        "2": "is missing, but others in the segment demand it",
        "3": f"{got}, but the segment has no such element",
        "4": f"{got}, which is too short: it has {length}",
        "5": f"{got}, which is too long: it has {length}",
        "6": f"{got}, which has characters that {kind} does not allow",
        "7": f"{got}, which is none of its codes{_codes(simple)}",
        "8": f"{got}, which is no date",
        "9": f"{got}, which is no time",
        "10": f"{got}, but must be empty" + ("" if use and use.forbidden else " beside the others"),
    }[found.code]


def set_problems(found: TransactionSet) -> list[str]:
    """What is wrong with a set as such; of one that there is no guide for, how far it was checked."""
    result, unguided = found.result, found.guide is None
    wrong = [code for code in result.errors if code != "5" and not (unguided and code == "1")]
    told = [f"{meaning('718', code)}{_counted(found, code)}" for code in wrong]
    if unguided and not wrong and found.segments:
        told = ["its number of segments and its control number are right; nothing else was checked"]
    return [*told, *([result.problem] if result.problem else [])]


def group_problems(result: GroupResult) -> list[str]:
    """What is wrong with a group as such."""
    counted = {"5": f": GE01 says {result.included}, there are {result.received}"}
    told = [
        f"{meaning('716', code)}{counted.get(code, '')} (AK905 {code})"
        for code in result.errors
        if code != result.unguided
    ]
    return [*told, *([result.problem] if result.problem else [])]


def _counted(found: TransactionSet, code: str) -> str:
    """The two numbers that differ, where two do and all of the set is held."""
    last = found.segments[-1] if found.segments else []
    if last[:1] != ["SE"]:
        return ""
    count, number = (*last[1:3], "", "")[:2]
    return {
        "3": f": ST02 is {_shown(found.control_number)}, SE02 {_shown(number)}",
        "4": f": SE01 is {_shown(count)}, there are {len(found.segments)}",
    }.get(code, "")


def _use(found: ElementError, error: SegmentError, guide: Guide | None) -> Use | None:
    if guide is None:
        return None
    found_at = [(place.segment, loop) for place, loop in leaves(guide.structure) if place.segment.id == error.segment]
    here = [segment for segment, loop in found_at if loop == (error.loop or HEADING)]
    segment = here[0] if here else found_at[0][0] if found_at else None
    if segment is None or found.position > len(segment.uses):
        return None
    use = segment.uses[found.position - 1]
    if found.component and isinstance(use.element, Composite):
        parts = use.element.components
        return parts[found.component - 1] if found.component <= len(parts) else None
    return use


def _length(element: Element) -> str:
    bounds = (element.shortest, element.longest)
    return f"exactly {element.longest}" if element.shortest == element.longest else "{} to {}".format(*bounds)


def _codes(element: Element | None) -> str:
    if element is None or not element.codes:
        return ""
    codes = list(element.codes)
    more = f" and {len(codes) - _CODES_SHOWN} more" if len(codes) > _CODES_SHOWN else ""
    return f" ({', '.join(codes[:_CODES_SHOWN])}{more})"


def _shown(value: str) -> str:
    shown = value.encode("utf-8", "backslashreplace").decode()
    return repr(shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…")
