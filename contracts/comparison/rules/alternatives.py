"""Alternatives: `oneOf`, `anyOf`, what tells them apart, and schemas that are just true or false."""

from __future__ import annotations

from dataclasses import dataclass

from ...part import Part
from ..change_rule import ChangeRule, change_rule
from ..judgement import Level, Relation, judged
from ..schema_comparison import WHOLE, SchemaPair, comparer, differs, refers


@change_rule
class AlternativeRemoved(ChangeRule):
    """A value may be one of several, and one of these is gone. Whoever still writes that one is refused."""

    id = "alternative-removed"
    title = "An alternative is gone"
    relation = Relation.NARROWER


@change_rule
class AlternativeAdded(ChangeRule):
    """A value may be one of several, and there is a new one among these. Whoever reads meets one that it does not
    know.
    """

    id = "alternative-added"
    title = "There is a new alternative"
    relation = Relation.WIDER


@change_rule
class AlternativesChanged(ChangeRule):
    """A value is one of several where it was not, or is not any more, or these are others. Whether all that was
    accepted still is, is decided where it can be; else it needs a person.
    """

    id = "alternatives-changed"
    title = "A value is one of several"


@change_rule
class DiscriminatorChanged(ChangeRule):
    """The field that tells the alternatives apart is another one, or one of its values means another alternative."""

    id = "discriminator-changed"
    title = "Alternatives are told apart otherwise"
    always = Level.BREAKING


@change_rule
class AnythingChanged(ChangeRule):
    """A value may be anything where it could be nothing, or the other way around (the schemas `true` and `false`)."""

    id = "anything-changed"
    title = "A value may be anything, or nothing"


@comparer(WHOLE)
def compare_booleans(pair: SchemaPair) -> None:
    old, new = pair.old.refuses_all, pair.new.refuses_all
    if old is not new:
        relation = Relation.NARROWER if new else Relation.WIDER
        what = f"{pair.name} {'must not be there any more' if new else 'may be there'}"
        pair.changed(AnythingChanged, what, None, None, relation)
    pair.done = old or new


@dataclass(frozen=True, slots=True)
class _Alternative:
    part: Part
    label: str

    @classmethod
    def of(cls, part: Part) -> _Alternative:
        """By what it refers to, by its title, or by the constant that tells it from the others."""
        meant = part.followed()
        if meant.key != part.key:
            return cls(part, meant.pointer.rpartition("/")[2] or meant.document.rpartition("/")[2])
        fixed = [
            f"{name}={schema.value['const']}"
            for name, schema in part.member("properties").members()
            if isinstance(schema.value, dict) and "const" in schema.value
        ]
        return cls(part, str(part.get("title") or ", ".join(fixed)))


@comparer(WHOLE)
def compare_alternatives(pair: SchemaPair) -> None:
    old, new = list(pair.old.unions()), list(pair.new.unions())
    _compare_discriminators(pair)
    if len(old) == len(new) == 1 and _keyword(old[0]) == _keyword(new[0]):
        _compare_lists(pair, old[0], new[0])
        _compare_overlaps(pair, old[0], new[0])
    elif old or new:
        # Several at once, or a single schema that became one of several: only the whole can be compared.
        relation = pair.whole_relation()
        if relation is not Relation.SAME:
            verb = (
                "is one of several" if len(new) > len(old) else "is no longer one of several" if old else "is another"
            )
            what = f"{pair.name} {verb}, which was not so"
            pair.changed(AlternativesChanged, what, next(iter(old), None), next(iter(new), None), relation)
        pair.done = True


def _keyword(union: Part) -> str:
    return union.pointer.rpartition("/")[2]


def _compare_overlaps(pair: SchemaPair, old: Part, new: Part) -> None:
    """Of `oneOf` exactly one must fit: where two of them can, one more refuses values, and one less lets some in."""
    if _keyword(old) != "oneOf" or (not differs(old.value, new.value) and not refers(old.value)):
        return
    if pair.are_disjoint(old, new):
        return
    relation = pair.relation(("oneOf",))
    if judged(relation, pair.direction) is not Level.COMPATIBLE:
        what = f"{pair.name} must fit exactly one of several, and they overlap otherwise than before"
        pair.changed(AlternativesChanged, what, old, new, relation)


def _compare_lists(pair: SchemaPair, old: Part, new: Part) -> None:
    before = [_Alternative.of(part) for _, part in old.members()]
    after = [_Alternative.of(part) for _, part in new.members()]
    gone, come = list(before), list(after)
    for one in before:
        other = next((each for each in come if _same(one, each)), None)
        if other is not None:
            gone.remove(one)
            come.remove(other)
            pair.below("", [one.part], [other.part])
    if len(gone) == len(come) == 1 and not (gone[0].label and come[0].label):
        pair.below("", [gone[0].part], [come[0].part])
        return
    for each in gone:
        relation = Relation.SAME if _covered(pair, each.part, new, of_new=True) else None
        what = f"{pair.name} is never {each.label or 'one of its alternatives'} any more"
        pair.changed(AlternativeRemoved, what, each.part, None, relation)
    for each in come:
        relation = Relation.SAME if _covered(pair, each.part, old, of_new=False) else None
        pair.changed(AlternativeAdded, f"{pair.name} may be {each.label or 'something new'}", None, each.part, relation)


def _same(one: _Alternative, other: _Alternative) -> bool:
    if one.label or other.label:
        return one.label == other.label
    return not differs(one.part.value, other.part.value)


def _covered(pair: SchemaPair, alternative: Part, union: Part, *, of_new: bool) -> bool:
    """Whether another of the alternatives accepts all of it, so that nothing is really gone, or new."""
    whole = Part(union.document, union.pointer.rpartition("/")[0], {"anyOf": union.value})
    if of_new and pair.is_taken:
        return pair.relation_of([alternative], [whole]) in (Relation.SAME, Relation.WIDER)
    if not of_new and pair.is_given:
        return pair.relation_of([whole], [alternative]) in (Relation.SAME, Relation.NARROWER)
    return False


def _compare_discriminators(pair: SchemaPair) -> None:
    old, new = pair.old.first("discriminator"), pair.new.first("discriminator")
    if old is None or new is None:
        return
    before, after = old.get("propertyName"), new.get("propertyName")
    if before != after:
        what = f"the alternatives of {pair.name} are told apart by {after}, and were by {before}"
        pair.changed(DiscriminatorChanged, what, old, new)
    for name, part in old.member("mapping").members():
        other = new.member("mapping", name)
        if other.value is not None and _last(other.value) != _last(part.value):
            what = f"{name} means {_last(other.value)}, and meant {_last(part.value)}"
            pair.changed(DiscriminatorChanged, what, part, other)


def _last(reference: object) -> str:
    return str(reference).rpartition("/")[2]
