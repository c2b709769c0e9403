"""What a rule of changes is: one thing that can change between two versions of a document, with a stable id.

A rule says how the change is judged in each direction; its docstring is what `crossdock explain rule ID` prints. Rules
stand beside the code that finds them, one concept in a file. Another package adds its own by an entry point of the
group `crossdock.change_rules`.
"""

from __future__ import annotations

import inspect
from typing import ClassVar

from ..registry import Registry
from .judgement import Direction, Level, Relation, judged


class ChangeRule:
    """Base of all. A rule about values has a `relation`, judged by the table; `taken` and `given` override it.

    A rule about anything else says the same in `taken` and in `given`, by `always`.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    relation: ClassVar[Relation] = Relation.UNKNOWN
    taken: ClassVar[Level | None] = None
    given: ClassVar[Level | None] = None
    always: ClassVar[Level | None] = None

    @classmethod
    def level(cls, direction: Direction, relation: Relation | None = None) -> Level:
        """`relation` where it depends on the case."""
        own = cls.taken if direction is Direction.TAKEN else cls.given
        if cls.always is not None:
            return cls.always
        if own is not None and relation is None:
            return own
        return judged(relation or cls.relation, direction)


change_rules: Registry[type[ChangeRule]] = Registry("change_rule", f"{__package__}.rules")


def explained_change(name: str) -> str:
    """A rule in words: what changed, whom it hits, and how it is judged.

    Raises: UnknownId when there is none.
    """
    kind = change_rules[name]
    return f"{name}  {kind.title}\n\n{inspect.getdoc(kind)}\n\n{levels_in_words(kind)}"


def levels_in_words(kind: type[ChangeRule]) -> str:
    """How it is judged in each direction."""
    if kind.always is not None:
        return f"{kind.always.word.capitalize()}, whichever way values go."
    decided = kind.relation is Relation.UNKNOWN and kind.taken is None and kind.given is None
    if decided:
        return "Judged by case: what is taken breaks when fewer values fit, what is given when more do."
    words = [f"{kind.level(way).word} where it is {way}" for way in Direction]
    return f"{' and '.join(words).capitalize()}."


def change_rule(kind: type[ChangeRule]) -> type[ChangeRule]:
    """Class decorator: register under its own id."""
    return change_rules.register(kind.id)(kind)
