"""How text is written: patterns, formats, and what is encoded in it."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..judgement import Relation
from ..schema_comparison import SchemaPair, comparer


@change_rule
class PatternAdded(ChangeRule):
    """Text must match a pattern, and could be any before. Whoever writes what does not match is refused."""

    id = "pattern-added"
    title = "Text must match a pattern"
    relation = Relation.NARROWER


@change_rule
class PatternDropped(ChangeRule):
    """Text need not match a pattern any more. Whoever reads meets text that its parser does not know."""

    id = "pattern-dropped"
    title = "Text need not match a pattern any more"
    relation = Relation.WIDER


@change_rule
class PatternChanged(ChangeRule):
    """Text must match another pattern. Whether the new one lets through all that the old one did is decided where it
    can be; else it needs a person.
    """

    id = "pattern-changed"
    title = "Text must match another pattern"


@change_rule
class FormatAdded(ChangeRule):
    """Text must have a format (a date, an e-mail address), and could be any before."""

    id = "format-added"
    title = "Text must have a format"
    relation = Relation.NARROWER


@change_rule
class FormatDropped(ChangeRule):
    """Text need not have a format any more. Whoever reads it as a date meets what is none."""

    id = "format-dropped"
    title = "Text need not have a format any more"
    relation = Relation.WIDER


@change_rule
class FormatChanged(ChangeRule):
    """Text has another format: a date where a time was."""

    id = "format-changed"
    title = "Text has another format"
    relation = Relation.APART


@change_rule
class ContentChanged(ChangeRule):
    """What is encoded in a text, or how, is something else: its media type, its encoding."""

    id = "content-changed"
    title = "What is encoded in a text is something else"
    relation = Relation.APART


@change_rule
class ContentSchemaChanged(ChangeRule):
    """What is encoded in a text must fit another schema than before, or one at all."""

    id = "content-schema-changed"
    title = "What is encoded in a text must fit another schema"


@comparer()
def compare_patterns(pair: SchemaPair) -> None:
    old, new = ({part.value for part in schema.all("pattern")} for schema in (pair.old, pair.new))
    if old == new:
        return
    places = pair.old.first("pattern"), pair.new.first("pattern")
    if old < new:
        pair.changed(PatternAdded, f"{pair.name} must match {_listed(new - old)}", *places)
    elif new < old:
        pair.changed(PatternDropped, f"{pair.name} need not match {_listed(old - new)} any more", *places)
    else:
        what = f"{pair.name} must match {_listed(new - old)}, and had to match {_listed(old - new)}"
        pair.changed(PatternChanged, what, *places, relation=pair.relation(("pattern", "minLength", "maxLength")))


@comparer()
def compare_formats(pair: SchemaPair) -> None:
    old, new = ({part.value for part in schema.all("format")} for schema in (pair.old, pair.new))
    if old == new:
        return
    places = pair.old.first("format"), pair.new.first("format")
    if old < new:
        pair.changed(FormatAdded, f"{pair.name} must be a {_listed(new - old)}", *places)
    elif new < old:
        pair.changed(FormatDropped, f"{pair.name} need not be a {_listed(old - new)} any more", *places)
    else:
        pair.changed(FormatChanged, f"{pair.name} is a {_listed(new - old)}, and was a {_listed(old - new)}", *places)


@comparer()
def compare_contents(pair: SchemaPair) -> None:
    for keyword in ("contentMediaType", "contentEncoding"):
        old, new = pair.old.first(keyword), pair.new.first(keyword)
        if (old.value if old else None) != (new.value if new else None):
            words = [part.value if part else "nothing said" for part in (old, new)]
            pair.changed(ContentChanged, f"{keyword} of {pair.name} is {words[1]}, and was {words[0]}", old, new)
    old, new = pair.old.first("contentSchema"), pair.new.first("contentSchema")
    if old and new:
        pair.below("", [old], [new])
    elif old or new:
        relation = Relation.NARROWER if new else Relation.WIDER
        verb = "must fit a schema" if new else "need not fit a schema any more"
        pair.changed(ContentSchemaChanged, f"what is encoded in {pair.name} {verb}", old, new, relation)


def _listed(words: set[str]) -> str:
    return " and ".join(f"`{word}`" for word in sorted(map(str, words)))
