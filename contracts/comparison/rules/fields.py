"""The fields of an object: there or not, required or not, and what others it may have."""

from __future__ import annotations

from ...documents import pointer
from ...part import Part
from ..change_rule import ChangeRule, change_rule
from ..effective import Effective
from ..judgement import Level, Relation
from ..schema_comparison import SchemaPair, comparer


@change_rule
class FieldRemoved(ChangeRule):
    """An object has a field no more. Where it is taken, whoever still sends it is refused, or, where other fields are
    let through, is ignored. Where it is given, whoever reads it finds it no more; that breaks who could rely on it
    because it was required, and endangers the others.
    """

    id = "field-removed"
    title = "A field is gone"
    taken = Level.BREAKING
    given = Level.DANGEROUS


@change_rule
class RequiredFieldRemoved(ChangeRule):
    """A field that always was there is gone. Whoever reads it finds nothing."""

    id = "required-field-removed"
    title = "A required field is gone"
    taken = Level.BREAKING
    given = Level.BREAKING


@change_rule
class FieldAdded(ChangeRule):
    """An object has a new field that may be absent. Nobody has to send it, and readers ignore what they do not know
    (decision 2).
    """

    id = "field-added"
    title = "There is a new field"
    taken = Level.COMPATIBLE
    given = Level.COMPATIBLE


@change_rule
class RequiredFieldAdded(ChangeRule):
    """An object has a new field that must be there. Whoever does not send it is refused."""

    id = "required-field-added"
    title = "There is a new required field"
    relation = Relation.NARROWER


@change_rule
class FieldBecameRequired(ChangeRule):
    """A field must be there that could be absent. Whoever leaves it out is refused."""

    id = "field-became-required"
    title = "A field must be there"
    relation = Relation.NARROWER


@change_rule
class FieldBecameOptional(ChangeRule):
    """A field may be absent that always was there. Whoever reads it finds nothing one day."""

    id = "field-became-optional"
    title = "A field may be absent"
    relation = Relation.WIDER


@change_rule
class ObjectClosed(ChangeRule):
    """An object takes no other fields any more than those that it names. Whoever sends one is refused."""

    id = "object-closed"
    title = "An object takes no other fields any more"
    taken = Level.BREAKING
    given = Level.COMPATIBLE


@change_rule
class ObjectOpened(ChangeRule):
    """An object may have other fields than those that it names. Readers ignore what they do not know (decision 2)."""

    id = "object-opened"
    title = "An object may have other fields"
    taken = Level.COMPATIBLE
    given = Level.COMPATIBLE


@change_rule
class OtherFieldsChanged(ChangeRule):
    """What the other fields of an object may be is something else."""

    id = "other-fields-changed"
    title = "The other fields of an object may be something else"


@comparer()
def compare_fields(pair: SchemaPair) -> None:
    old, new = pair.old.properties, pair.new.properties
    required_still = pair.old.required.keys() & pair.new.required.keys()
    is_open = not pair.old.is_closed and not pair.new.is_closed
    for name in dict.fromkeys((*old, *new)):
        if (name in old and name in new) or (is_open and name in required_still):
            # One that must be there without being named may be anything.
            pair.below(
                f".{name}", old.get(name, [_anything(pair.old, name)]), new.get(name, [_anything(pair.new, name)])
            )
        elif name in old:
            _removed(pair, name, old[name][0])
        else:
            _added(pair, name, new[name][0])
    for name in dict.fromkeys((*pair.old.required, *pair.new.required)):
        _compare_required(pair, name)


def _anything(schema: Effective, name: str) -> Part:
    return Part(schema.part.document, f"{schema.part.pointer}{pointer('properties', name)}", {})


def _removed(pair: SchemaPair, name: str, place: Part) -> None:
    if Effective(place).refuses_all:
        return  # it never could be there
    required = name in pair.old.required
    rule = RequiredFieldRemoved if required else FieldRemoved
    level = None
    if pair.is_taken and not pair.new.is_closed:
        level = Level.DANGEROUS  # let through, and ignored
    pair.changed(rule, f"{pair.name} has no field `{name}` any more", place, None, level=level)


def _added(pair: SchemaPair, name: str, place: Part) -> None:
    if name in pair.new.required and name not in pair.old.required:
        pair.changed(RequiredFieldAdded, f"{pair.name} has a new required field `{name}`", None, place)
    else:
        pair.changed(FieldAdded, f"{pair.name} has a new field `{name}`", None, place)


def _compare_required(pair: SchemaPair, name: str) -> None:
    before, after = pair.old.required.get(name), pair.new.required.get(name)
    known = name in pair.old.properties, name in pair.new.properties
    if before is None and after is not None and known != (False, True):
        pair.changed(FieldBecameRequired, f"`{name}` of {pair.name} must be there", None, after)
    elif after is None and before is not None and known != (True, False):
        pair.changed(FieldBecameOptional, f"`{name}` of {pair.name} may be absent", before, None)


@comparer()
def compare_other_fields(pair: SchemaPair) -> None:
    old, new = pair.old.all("additionalProperties"), pair.new.all("additionalProperties")
    if pair.old.is_closed and pair.new.is_closed:
        return
    if pair.new.is_closed or pair.old.is_closed:
        if "object" not in pair.old.types or "object" not in pair.new.types:
            return
        rule = ObjectClosed if pair.new.is_closed else ObjectOpened
        verb = "takes no other fields any more" if pair.new.is_closed else "may have other fields"
        pair.changed(rule, f"{pair.name} {verb}", *pair.at("additionalProperties", "unevaluatedProperties"))
        return
    old_schemas, new_schemas = (_restricting(parts) for parts in (old, new))
    if old_schemas and new_schemas:
        pair.below(".*", old_schemas, new_schemas)
    elif old_schemas or new_schemas:
        relation = Relation.NARROWER if new_schemas else Relation.WIDER
        verb = "must fit a schema" if new_schemas else "may be anything"
        what = f"other fields of {pair.name} {verb}"
        pair.changed(OtherFieldsChanged, what, *pair.at("additionalProperties"), relation=relation)


def _restricting(parts: list[Part]) -> list[Part]:
    return [part for part in parts if isinstance(part.value, dict) and part.value]
