"""What is not about which values fit: defaults, and who may write or read a field."""

from __future__ import annotations

from ...value_words import shown
from ..change_rule import ChangeRule, change_rule
from ..judgement import Level
from ..schema_comparison import SchemaPair, comparer, differs


@change_rule
class DefaultChanged(ChangeRule):
    """What holds where a field is left out is something else. Whoever leaves it out gets another behaviour, and is
    not told.
    """

    id = "default-changed"
    title = "What holds where a field is left out is something else"
    taken = Level.DANGEROUS
    given = Level.COMPATIBLE


@change_rule
class BecameReadOnly(ChangeRule):
    """A field is only read (`readOnly`): whoever still writes it is ignored, or refused."""

    id = "became-read-only"
    title = "A field is only read"
    taken = Level.DANGEROUS
    given = Level.COMPATIBLE


@change_rule
class WriteOnlyChanged(ChangeRule):
    """A field is only written (`writeOnly`), so that whoever reads finds it no more; or it is not any more, and shows
    what was not shown.
    """

    id = "write-only-changed"
    title = "A field is only written, or is not any more"
    taken = Level.COMPATIBLE
    given = Level.DANGEROUS


@comparer()
def compare_defaults(pair: SchemaPair) -> None:
    old, new = pair.old.first("default"), pair.new.first("default")
    if old is None and new is None:
        return
    if old is None or new is None or differs(old.value, new.value):
        words = [shown(part.value) if part else "nothing" for part in (old, new)]
        pair.changed(DefaultChanged, f"where {pair.name} is left out, {words[1]} holds, and {words[0]} did", old, new)


@comparer()
def compare_access(pair: SchemaPair) -> None:
    for keyword, rule in (("readOnly", BecameReadOnly), ("writeOnly", WriteOnlyChanged)):
        old, new = (any(part.value is True for part in schema.all(keyword)) for schema in (pair.old, pair.new))
        if old is new or (keyword == "readOnly" and not new):
            continue
        verb = "is" if new else "is not any more"
        what = f"{pair.name} {verb} {'only read' if keyword == 'readOnly' else 'only written'}"
        pair.changed(rule, what, pair.old.first(keyword), pair.new.first(keyword))
