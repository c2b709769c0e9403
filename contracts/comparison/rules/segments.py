"""Segments and elements of X12 sets, and how partners agreed to exchange them."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..judgement import Level, Relation


@change_rule
class SegmentRemoved(ChangeRule):
    """A set has no place for a segment or a loop any more. Whoever sends it is refused; whoever reads misses it where
    it always was there.
    """

    id = "segment-removed"
    title = "A segment is gone from a set"
    relation = Relation.NARROWER


@change_rule
class SegmentAdded(ChangeRule):
    """A set has a place for one more segment or loop. Whoever reads by the old guide refuses a set with it; where it
    must be there, whoever sends without it is refused as well.
    """

    id = "segment-added"
    title = "There is a new segment in a set"
    relation = Relation.WIDER


@change_rule
class SegmentsReordered(ChangeRule):
    """Segments of a set stand in another order, and what a segment means depends on where it stands."""

    id = "segments-reordered"
    title = "Segments stand in another order"
    relation = Relation.APART


@change_rule
class SegmentBecameRequired(ChangeRule):
    """A segment or a loop must be there that could be left out. Whoever leaves it out is refused (AK304 3)."""

    id = "segment-became-required"
    title = "A segment must be there"
    relation = Relation.NARROWER


@change_rule
class SegmentBecameOptional(ChangeRule):
    """A segment or a loop may be left out that always was there. Whoever reads it finds nothing one day."""

    id = "segment-became-optional"
    title = "A segment may be left out"
    relation = Relation.WIDER


@change_rule
class ElementRemoved(ChangeRule):
    """A segment has an element no more, or it must be empty. Whoever fills it is refused (AK403 10)."""

    id = "element-removed"
    title = "An element is gone from a segment"
    relation = Relation.NARROWER


@change_rule
class ElementAdded(ChangeRule):
    """A segment has one more element, or one may be filled that had to be empty. Whoever reads by the old guide refuses
    it (AK403 3).
    """

    id = "element-added"
    title = "There is a new element in a segment"
    relation = Relation.WIDER


@change_rule
class ElementBecameRequired(ChangeRule):
    """An element must be filled that could be empty. Whoever leaves it empty is refused (AK403 1)."""

    id = "element-became-required"
    title = "An element must be filled"
    relation = Relation.NARROWER


@change_rule
class ElementBecameOptional(ChangeRule):
    """An element may be empty that always was filled. Whoever reads it finds nothing one day."""

    id = "element-became-optional"
    title = "An element may be empty"
    relation = Relation.WIDER


@change_rule
class ElementReplaced(ChangeRule):
    """At a place of a segment stands another data element. What is written there means something else."""

    id = "element-replaced"
    title = "Another element stands at a place"
    relation = Relation.APART


@change_rule
class SyntaxNoteChanged(ChangeRule):
    """Which elements of a segment need each other, or exclude each other, is something else."""

    id = "syntax-note-changed"
    title = "Elements depend on each other otherwise"


@change_rule
class SetIdentityChanged(ChangeRule):
    """A set is another one, or of another version or functional group. Who tells sets by these takes it for another, or
    has no guide for it.
    """

    id = "set-identity-changed"
    title = "A guide is of another set, version or group"
    always = Level.BREAKING


@change_rule
class PartyChanged(ChangeRule):
    """The sender or the receiver is named otherwise in the interchange. Who finds guides and keys by it finds none."""

    id = "party-changed"
    title = "A party is named otherwise"
    always = Level.BREAKING


@change_rule
class CharactersChanged(ChangeRule):
    """Texts may be made of more characters, or of fewer. Whoever stores them in another code page loses some."""

    id = "characters-changed"
    title = "Texts may be made of other characters"


@change_rule
class SeparatorsChanged(ChangeRule):
    """Interchanges are written with other separators. Readers take those that the header declares, as X12.5 demands;
    some have them written into their programs.
    """

    id = "separators-changed"
    title = "Interchanges are separated otherwise"
    always = Level.DANGEROUS


@change_rule
class NotedErrorsChanged(ChangeRule):
    """Which errors are only noted, and which make a set rejected, is something else. Who was acknowledged with E may be
    rejected.
    """

    id = "noted-errors-changed"
    title = "Other errors are only noted"
    always = Level.DANGEROUS
