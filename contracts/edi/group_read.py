"""One functional group while it is read: its header, the results of its sets, and its trailer."""

from __future__ import annotations

import re

from .data_types import value_error
from .dictionary import dictionary
from .envelope_check import VERSION
from .findings import GroupResult, SetResult
from .guide import Element
from .guides import Guides
from .header import GroupHeader, InterchangeHeader
from .limits import Limits
from .separators import Separators
from .set_read import SetRead

_NOT_SUPPORTED, _VERSION, _NO_TRAILER, _NUMBERS_DIFFER, _WRONG_COUNT, _BAD_NUMBER = "1", "2", "3", "4", "5", "6"


class GroupRead:
    """From GS on. `errors` are codes of AK905."""

    def __init__(
        self, elements: list[str], interchange: InterchangeHeader, guides: Guides, separators: Separators
    ) -> None:
        self.header = GroupHeader.of(elements)
        self.errors: list[str] = []
        self._interchange = interchange
        self._guides = guides
        self._results: list[SetResult] = []
        self._numbers: set[str] = set()
        self._problem = _problem(elements, separators)
        self._unguided = ""
        if self._problem:
            self.errors.append(_NOT_SUPPORTED)
        elif self.header.functional_id not in guides.functional_ids:
            self._unguided = _NOT_SUPPORTED
            self._problem = f"there is no guide for a set of group {self.header.functional_id!r}"
        elif not guides.supports(self.header.version):
            self._unguided = _VERSION
            self._problem = f"there is no guide of version {self.header.version!r}"
        if self._unguided:
            self.errors.append(self._unguided)
        if not re.fullmatch(r"[0-9]{1,9}", self.header.control_number):
            self.errors.append(_BAD_NUMBER)

    def begin_set(
        self, text: str, elements: list[str], separators: Separators, position: int, limits: Limits
    ) -> SetRead:
        """The set that an ST segment begins, with the guide for it, and refused where the group gives reason to."""
        set_id = elements[1] if len(elements) > 1 else ""
        guide = self._guides.choose(set_id, self.header, self._interchange)
        begun = SetRead(text, elements, guide, separators, position, limits)
        if guide is None:
            between = f"from {self._interchange.sender} to {self._interchange.receiver}"
            begun.refuse("1", f"there is no guide for set {set_id!r} in version {self.header.version!r} {between}")
        elif guide.functional_group != self.header.functional_id:
            problem = f"a {set_id} belongs in a group {guide.functional_group}, not {self.header.functional_id}"
            begun.refuse("6", problem)
        if begun.control_number in self._numbers:
            begun.refuse("23", f"the control number {begun.control_number} was used before in this group")
        elif len(self._numbers) < limits.group_sets:
            self._numbers.add(begun.control_number)
        return begun

    def add(self, result: SetResult, limits: Limits) -> None:
        """The result of a set that has ended."""
        if len(self._results) < limits.group_sets:
            self._results.append(result)
        elif _WRONG_COUNT not in self.errors:
            self.errors.append(_WRONG_COUNT)

    def result(self, trailer: list[str] | None) -> GroupResult:
        """What became of the group; `trailer` is its GE, None when it has none."""
        included = len(self._results)
        if trailer is None:
            self.errors.append(_NO_TRAILER)
        else:
            count, number = (*trailer[1:3], "", "")[:2]
            if number != self.header.control_number:
                self.errors.append(_NUMBERS_DIFFER)
            if not re.fullmatch(r"[0-9]{1,6}", count) or int(count) != included:
                self.errors += [] if _WRONG_COUNT in self.errors else [_WRONG_COUNT]
            included = int(count) if re.fullmatch(r"[0-9]{1,6}", count) else included
        return GroupResult(
            self.header.functional_id,
            self.header.control_number,
            tuple(self._results),
            included,
            tuple(self.errors),
            self.header.version,
            self._problem,
            self._unguided,
        )


def _problem(elements: list[str], separators: Separators) -> str:
    """Why the group can't be: its code, sender, receiver, date, time or agency are not what GS says they are; "" when
    it can.
    """
    uses = dictionary(VERSION).segments["GS"].uses
    for position in (1, 2, 3, 4, 5, 7, 8):
        element = uses[position - 1].element
        assert isinstance(element, Element)
        value = elements[position] if position < len(elements) else ""
        if not value or value_error(value, element, separators, "extended"):
            least = f"{element.shortest} to " if element.shortest < element.longest else ""
            bounds = f"{least}{element.longest} characters"
            return f"GS{position:02} ({element.name}) is {value!r}, which is no {element.type} of {bounds}"
    if len(elements) > len(uses) + 1:
        return f"GS has {len(elements) - 1} elements, but must have {len(uses)}"
    return ""
