"""Where two short texts differ: what was expected and what came, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

# A number, a date, an id or a path is one word; punctuation around it is not part of it.
_WORD = re.compile(r"\w+(?:[.,:/-]\w+)*|\s+|.", re.DOTALL)
# Texts with less in common are different as a whole: marking every word would point at nothing.
_ALIKE = 0.25


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `differs` when the other side has something else there."""

    text: str
    differs: bool


def differences(expected: str, actual: str) -> tuple[list[Run], list[Run]]:
    """Both texts as runs, whose joined text is the text again."""
    left, right = _WORD.findall(expected), _WORD.findall(actual)
    same_left, same_right = [False] * len(left), [False] * len(right)
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        same_left[block.a : block.a + block.size] = [True] * block.size
        same_right[block.b : block.b + block.size] = [True] * block.size
    if _likeness(left, same_left) < _ALIKE and _likeness(right, same_right) < _ALIKE:
        return [Run(expected, False)], [Run(actual, False)]
    return _runs(left, same_left), _runs(right, same_right)


def _likeness(words: list[str], same: list[bool]) -> float:
    """The share of the words proper that the other side has too; spaces say nothing."""
    proper = [known for word, known in zip(words, same, strict=True) if not word.isspace()]
    return sum(proper) / len(proper) if proper else 1.0


def _runs(words: list[str], same: list[bool]) -> list[Run]:
    paired = zip(words, same, strict=True)
    return [Run("".join(word for word, _ in run), not key) for key, run in groupby(paired, key=lambda pair: pair[1])]
