"""One transaction set while it is read: held, checked, and judged at its end."""

from __future__ import annotations

import re

from .events import TransactionSet
from .findings import ACCEPTED, REJECTED, WITH_ERRORS, SetResult
from .guide import Guide
from .limits import Limits
from .separators import Separators
from .set_check import SetCheck
from .structure import Stand, compiled

_NOT_SUPPORTED, _NO_TRAILER, _NUMBERS_DIFFER, _WRONG_COUNT, _IN_SEGMENTS, _BAD_ID, _BAD_NUMBER, _NOT_UNIQUE = (
    "1", "2", "3", "4", "5", "6", "7", "23",
)  # fmt: skip


class SetRead:
    """From ST on. Without a guide the segments are kept, and the set is rejected as one that is not supported."""

    def __init__(
        self, text: str, elements: list[str], guide: Guide | None, separators: Separators, position: int, limits: Limits
    ) -> None:
        self._separators = separators
        self._position = position
        self._guide = guide
        self._segments: list[list[str]] = [elements]
        self._characters = len(text)
        self._count = 1
        self._errors: list[str] = []
        self._problem = ""
        self._ended = False
        # A group may have a million sets, of which each keeps its result: the text of the guide is shared by all.
        self.set_id = guide.set_id if guide else elements[1] if len(elements) > 1 else ""
        self.control_number = elements[2] if len(elements) > 2 else ""
        self._check = SetCheck(compiled(guide, separators), limits.set_errors) if guide else None
        if self._check:
            self._check.begin(text, elements)
        if not re.fullmatch(r"[0-9A-Za-z]{4,9}", self.control_number):
            self._error(_BAD_NUMBER)

    def refuse(self, code: str, problem: str) -> None:
        """Reject it for a reason that the group knows: a code of AK502."""
        self._error(code)
        self._problem = self._problem or problem

    def feed(self, text: str, elements: list[str], limits: Limits) -> None:
        """The next segment. Past a limit it is only counted: the set is rejected, and what was held of it let go."""
        self._count += 1
        self._characters += len(text)
        if self._count > limits.set_segments or self._characters > limits.set_characters:
            self._let_go(limits)
            return
        self._segments.append(elements)
        if self._check is not None:
            self._check.feed(text, elements)

    def end(self, text: str, elements: list[str]) -> None:
        """The SE segment."""
        self._count += 1
        self._ended = True
        if self._check is not None:
            self._check.feed(text, elements)
        self._segments.append(elements)
        count, number = (*elements[1:3], "", "")[:2]
        if number != self.control_number:
            self._error(_NUMBERS_DIFFER)
        if not re.fullmatch(r"[0-9]{1,10}", count) or int(count) != self._count:
            self._error(_WRONG_COUNT)

    def result(self) -> TransactionSet:
        """The set as it was found."""
        if not self._ended:
            self._error(_NO_TRAILER)
        check = self._check
        segments = tuple(check.errors) if check else ()
        if segments:
            self._error(_IN_SEGMENTS)
        if check and check.overflow:
            self._problem = self._problem or f"there are more errors than the {len(segments)} told here"
        only_noted = self._errors == [_IN_SEGMENTS] and all(error.noted for error in segments)
        code = ACCEPTED if not self._errors else WITH_ERRORS if only_noted and not self._overflowed() else REJECTED
        stands: list[Stand | None] = list(check.stands) if check else [None] * len(self._segments)
        outcome = SetResult(
            self.set_id, self.control_number, code, tuple(sorted(self._errors, key=int)), segments, self._problem
        )
        return TransactionSet(self._segments, stands, outcome, self._guide, self._separators, self._position)

    def _overflowed(self) -> bool:
        return self._check is not None and self._check.overflow

    def _let_go(self, limits: Limits) -> None:
        if self._segments:
            self._error(_NOT_SUPPORTED)
            self._problem = (
                f"the set has more than {limits.set_segments} segments or {limits.set_characters} characters, "
                "which is the limit"
            )
            self._segments, self._check = [], None

    def _error(self, code: str) -> None:
        if code not in self._errors:
            self._errors.append(code)
