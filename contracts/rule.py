"""What a rule of contracts is: one thing that a contract has to say or must not say, with a stable id.

Rules are what a programme lives by whose partners never met: how events are named, what an API secures, what a new
partner finds in a document. A rule is a small class in rules/, whose docstring `crossdock explain rule ID` prints. It
sees one document and yields defects. Another package adds its own by an entry point of the group `crossdock.rules`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import ClassVar

from .object_model import Node
from .part import Part
from .registry import Registry
from .view import View


class Severity(StrEnum):
    """An error fails the check; a warning is told and fails only who asks for it; a note is a hint."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Stage(IntEnum):
    """When a rule is judged. What is unreadable has no shape; of what is misshapen nobody knows what it means.

    LAST is for those that need to know what all the others found.
    """

    READ = 0
    SHAPE = 1
    MEANING = 2
    LAST = 3


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong at a place: what is there, what was expected, and what to do about it."""

    document: str
    place: str
    what: str
    expected: str
    do: str


def defect(where: Part | Node, what: str, *, expected: str, do: str) -> Defect:
    """A defect of a part."""
    part = where.part if isinstance(where, Node) else where
    return Defect(part.document, part.pointer, what, expected, do)


class Rule:
    """Base of all rules. `title` is the rule in a line; `kinds` are the document kinds that it judges, () for all."""

    id: ClassVar[str]
    title: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    kinds: ClassVar[tuple[str, ...]] = ()
    stage: ClassVar[Stage] = Stage.MEANING

    def check(self, view: View) -> Iterator[Defect]:
        """Everything in the document that breaks the rule."""
        raise NotImplementedError


rules: Registry[type[Rule]] = Registry("rule", f"{__package__}.rules")


def explained(name: str) -> str:
    """A rule in words: what it demands and why, how severe it is, and of which documents.

    Raises: UnknownId when there is none.
    """
    from .comparison.change_rule import change_rules, explained_change

    if name in change_rules:
        return explained_change(name)
    kind = rules[name]
    judged = ", ".join(kind.kinds) or "every kind of document"
    return f"{name}  {kind.title}\n\n{inspect.getdoc(kind)}\n\nSeverity: {kind.severity}. Judges: {judged}."


def known_rules() -> set[str]:
    """The ids of all rules that a finding, and so a waiver, may name."""
    from .comparison.change_rule import change_rules

    return {*rules, *change_rules}


def rule(kind: type[Rule]) -> type[Rule]:
    """Class decorator: register under its own id."""
    return rules.register(kind.id)(kind)
