"""Lists: what their items are, how many of a kind, whether each may come twice."""

from __future__ import annotations

from math import inf

from ..change_rule import ChangeRule, change_rule
from ..judgement import Relation, joined
from ..schema_comparison import SchemaPair, comparer, differs


@change_rule
class ItemsChanged(ChangeRule):
    """The items of a list must fit a schema where they could be anything, or may be anything where they had to fit
    one.
    """

    id = "items-changed"
    title = "The items of a list may be something else"


@change_rule
class TupleChanged(ChangeRule):
    """What stands at which place of a list (`prefixItems`) is something else, or there are more or fewer such
    places.
    """

    id = "tuple-changed"
    title = "The places of a list are others"


@change_rule
class ContainsChanged(ChangeRule):
    """What a list must contain, or how much of it, is something else."""

    id = "contains-changed"
    title = "A list must contain something else"


@change_rule
class UniqueDemanded(ChangeRule):
    """No item of a list may come twice any more. Whoever still sends one twice is refused."""

    id = "unique-demanded"
    title = "No item may come twice any more"
    relation = Relation.NARROWER


@change_rule
class UniqueDropped(ChangeRule):
    """An item of a list may come twice. Whoever reads the list as a set loses one."""

    id = "unique-dropped"
    title = "An item may come twice"
    relation = Relation.WIDER


@comparer()
def compare_items(pair: SchemaPair) -> None:
    old, new = pair.old.all("items"), pair.new.all("items")
    if pair.old.first("prefixItems") or pair.new.first("prefixItems"):
        _compare_places(pair)
        return
    if old and new:
        pair.below("[]", old, new)
    elif old or new:
        relation = Relation.NARROWER if new else Relation.WIDER
        if all(part.value in ({}, True) for part in (*old, *new)):
            return
        verb = "must fit a schema" if new else "may be anything"
        what = f"the items of {pair.name} {verb}"
        pair.changed(ItemsChanged, what, next(iter(old), None), next(iter(new), None), relation)


def _compare_places(pair: SchemaPair) -> None:
    keywords = ("prefixItems", "items", "minItems", "maxItems", "unevaluatedItems")
    old, new = pair.old.all("prefixItems"), pair.new.all("prefixItems")
    sizes = [sum(len(part.value) for part in parts) for parts in (old, new)]
    if len(old) == len(new) == 1 and sizes[0] == sizes[1]:
        for index in range(sizes[0]):
            pair.below(f"[{index}]", [old[0].member(index)], [new[0].member(index)])
        rest = pair.old.all("items"), pair.new.all("items")
        if rest[0] and rest[1]:
            pair.below("[]", *rest)
            return
        if not rest[0] and not rest[1]:
            return
    what = f"{pair.name} has {sizes[1]} places of their own, and had {sizes[0]}"
    pair.changed(TupleChanged, what, next(iter(old), None), next(iter(new), None), pair.relation(keywords))


@comparer()
def compare_contains(pair: SchemaPair) -> None:
    keywords = ("contains", "minContains", "maxContains")
    if not any(_differ(pair, keyword) for keyword in keywords):
        return
    old, new = pair.old.first("contains"), pair.new.first("contains")
    relation = pair.relation(keywords)
    if relation is Relation.UNKNOWN and not (old and new):
        relation = Relation.NARROWER if new else Relation.WIDER
    elif relation is Relation.UNKNOWN and not _differ(pair, "contains"):
        relation = joined(*(_of_counts(pair, keyword, default) for keyword, default in _COUNTS.items()))
    if relation is not Relation.SAME:
        what = f"{pair.name} must contain something else"
        pair.changed(ContainsChanged, what, *pair.at(*keywords), relation=relation)


_COUNTS = {"minContains": 1.0, "maxContains": inf}


def _of_counts(pair: SchemaPair, keyword: str, default: float) -> Relation:
    """What a change of how much a list must, or may, contain amounts to."""
    old, new = pair.old.value(keyword, default), pair.new.value(keyword, default)
    if old == new:
        return Relation.SAME
    return Relation.NARROWER if (new > old) is (keyword == "minContains") else Relation.WIDER


def _differ(pair: SchemaPair, keyword: str) -> bool:
    return differs(pair.old.value(keyword), pair.new.value(keyword))


@comparer()
def compare_uniqueness(pair: SchemaPair) -> None:
    old, new = (any(part.value is True for part in schema.all("uniqueItems")) for schema in (pair.old, pair.new))
    if old is not new:
        rule = UniqueDemanded if new else UniqueDropped
        verb = "must all differ" if new else "may be the same"
        places = pair.old.first("uniqueItems"), pair.new.first("uniqueItems")
        pair.changed(rule, f"the items of {pair.name} {verb}", *places)
