"""A waiver: findings of a rule that somebody has decided to put up with, with the reason (contracts/harness/v1)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date
from fnmatch import fnmatchcase

import msgspec

from .documents import load


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """`document` is a file as findings name it, and may have `*` in it. The waiver itself stands in `file`, at
    `place`.
    """

    rule: str
    document: str
    reason: str
    pointer: str = ""
    until: date | None = None
    file: str = ""
    place: int = 0

    def holds(self, today: date) -> bool:
        return self.until is None or today <= self.until

    def covers(self, rule: str, file: str, pointer: str) -> bool:
        """Whether a finding is meant; `file` as it is shown."""
        below = not self.pointer or pointer == self.pointer or pointer.startswith(f"{self.pointer}/")
        return self.rule == rule and below and fnmatchcase(file, self.document.replace("**", "*"))


def waivers_in(document: str) -> list[Waiver]:
    """The waivers of a file whose shape is right.

    Raises: DocumentError when it cannot be read.
    """
    listed = load(document)["waivers"]
    return [msgspec.convert({**each, "file": document, "place": index}, Waiver) for index, each in enumerate(listed)]


class WaiverBook:
    """All waivers of a check, which remembers those that were of use."""

    def __init__(self, waivers: Iterable[Waiver], today: date) -> None:
        self._waivers = [waiver for waiver in waivers if waiver.holds(today)]
        self.used: set[tuple[str, int]] = set()

    def reason(self, rule: str, file: str, pointer: str) -> str:
        """Why a finding is put up with; "" when it is not."""
        covering = [waiver for waiver in self._waivers if waiver.covers(rule, file, pointer)]
        self.used.update((waiver.file, waiver.place) for waiver in covering)
        return covering[0].reason if covering else ""

    def unused(self, rules: Container[str], file: str) -> list[Waiver]:
        """Those of a file that are of one of the rules, and of which no finding was covered."""
        return [
            waiver
            for waiver in self._waivers
            if waiver.file == file and waiver.rule in rules and (file, waiver.place) not in self.used
        ]
